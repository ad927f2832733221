/** A place and an address that may begin with that place again: every part of it once. */
export function placeOf({ divisionName, address }: { divisionName: string; address: string }): string {
  let rest = address.trim();
  for (;;) {
    const part = /^.{1,12}?(省|市|区|县|街道|镇|乡)/.exec(rest)?.[0];
    if (!part || !divisionName.includes(part)) break;
    rest = rest.slice(part.length).trim();
  }
  return `${divisionName} ${rest}`.trim();
}
