/** Somebody outside of the mesh, of an address that documentation may name: RFC 5737. */
export const outside = "external/203.0.113.9";
