import type { Inventory } from "./kubernetes.ts";
import type { MeshConfig } from "./mesh-config.ts";
import type { Place, Span } from "./place.ts";
import type { AuthorizationPolicy, PeerAuthentication, RequestAuthentication } from "./policy.ts";

/** Which istiod and which Envoy: "1.31" is the newest patch of that minor that is known. */
export interface Release {
  readonly istio: string; // "1.31.0"
  readonly envoy: string; // "1.39.3"
  readonly stated: boolean; // false: the default, an assumption
}

/** Everything that was loaded. Plain data but for `locate`; never changed after loading. */
export interface Mesh {
  readonly release: Release;
  readonly features: Readonly<Record<string, string>>; // istiod's environment
  readonly config: MeshConfig;
  readonly configLoaded: boolean; // false: the defaults are assumed
  readonly authorizationPolicies: readonly AuthorizationPolicy[]; // in the order they were loaded, as are all lists
  readonly requestAuthentications: readonly RequestAuthentication[];
  readonly peerAuthentications: readonly PeerAuthentication[];
  readonly inventory: Inventory;
  /** Where a key or value was written. A path that leads nowhere gives its nearest parent. Undefined for what no file holds. */
  readonly locate: (place: Place) => Span | undefined;
}
