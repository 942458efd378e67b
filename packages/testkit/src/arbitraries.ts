export { requests } from "./arbitraries/requests.ts";
