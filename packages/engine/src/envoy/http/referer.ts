const host = "(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])";
const absolute = new RegExp(
  `^[A-Za-z][A-Za-z0-9+.-]*://${host}(?::[0-9]{1,5})?(?:[/?][!-"$-~]*)?$`,
);
const relative = /^[A-Za-z0-9\-._~%!$&'()*+,;=@/?]*(?:\/[A-Za-z0-9\-._~%!$&'()*+,;=:@/?]*)?$/;

/** Whether Envoy keeps a referer: an absolute URL without fragment and user, or a relative one. `envoy:source/common/http/utility.cc`, `isValidRefererValue` */
export function validReferer(value: string): boolean {
  return absolute.test(value) || relative.test(value);
}
