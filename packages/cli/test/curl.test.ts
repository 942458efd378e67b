import { describe, expect, test } from "vitest";
import { parseCurl } from "../src/curl/request.ts";

const own = { "user-agent": "curl/8", accept: "*/*" };

describe("a pasted curl command", () => {
  test.each([
    [
      "curl http://h/a",
      {
        url: "http://h/a",
        http: { method: "GET", host: "h", path: "/a", version: "1.1", headers: own },
      },
    ],
    [
      "curl -X DELETE h:8080",
      {
        url: "http://h:8080/",
        http: { method: "DELETE", host: "h:8080", path: "/", version: "1.1", headers: own },
      },
    ],
    [
      "curl https://h:443/a/./b/../c?d=e#f",
      {
        url: "https://h:443/a/c?d=e",
        http: { method: "GET", host: "h", path: "/a/c?d=e", headers: own },
      },
    ],
    [
      "curl --path-as-is --http2 https://h/a/../b",
      {
        url: "https://h/a/../b",
        http: { method: "GET", host: "h", path: "/a/../b", version: "2", headers: own },
      },
    ],
    [
      "curl -H 'Host: x' -H \"X-A: 1\" -H 'accept:' http://h/",
      {
        url: "http://h/",
        http: {
          method: "GET",
          host: "x",
          path: "/",
          version: "1.1",
          headers: { "user-agent": "curl/8", "X-A": "1" },
        },
      },
    ],
    [
      "curl -d a=b \\\n  -d c=d http://h/",
      {
        url: "http://h/",
        http: {
          method: "POST",
          host: "h",
          path: "/",
          version: "1.1",
          body: "a=b&c=d",
          headers: { ...own, "content-type": "application/x-www-form-urlencoded" },
        },
      },
    ],
    [
      "curl -G -d a=b http://h/x",
      {
        url: "http://h/x",
        http: { method: "GET", host: "h", path: "/x?a=b", version: "1.1", headers: own },
      },
    ],
    [
      "curl -sIkL http://h/",
      {
        url: "http://h/",
        http: { method: "HEAD", host: "h", path: "/", version: "1.1", headers: own },
      },
    ],
    [
      "curl -u a:b -b 'c=d' http://h/",
      {
        url: "http://h/",
        http: {
          method: "GET",
          host: "h",
          path: "/",
          version: "1.1",
          headers: { ...own, authorization: "Basic YTpi", cookie: "c=d" },
        },
      },
    ],
    [
      "curl --resolve h:80:10.0.0.1 --json '{}' http://h/",
      {
        url: "http://h/",
        http: {
          method: "POST",
          host: "h",
          path: "/",
          version: "1.1",
          body: "{}",
          headers: {
            "user-agent": "curl/8",
            accept: "application/json",
            "content-type": "application/json",
          },
        },
      },
    ],
  ])("%s", (text, request) => {
    expect(parseCurl(text)).toEqual(request);
  });

  test.each([
    ["curl --proxy x http://h/", "--proxy"],
    ["curl -sz http://h/", "-z"],
    ['curl -H "authorization: Bearer $TOKEN" http://h/', "$TOKEN"],
    ["curl http://$HOST/", "$HOST"],
    ["curl http://h/ | jq .", "|"],
    ["curl 'http://h/", "not closed"],
    ["curl -X", "-X"],
    ["curl -s", "no URL"],
    ["curl http://a/ http://b/", "http://b/"],
    ["curl 'http://h/{a,b}'", "-g"],
    ["curl ftp://h/", "ftp"],
    ["curl -b cookies.txt http://h/", "cookies.txt"],
  ])("%s: the fault names %s", (text, named) => {
    const read = parseCurl(text);
    expect("fault" in read && read.fault).toContain(named);
  });

  test("single quotes keep a dollar sign", () => {
    const read = parseCurl("curl -H 'x: $T' http://h/");
    expect("http" in read && read.http.headers).toEqual({ ...own, x: "$T" });
  });
});
