interface Place {
  divisionName: string;
  address: string;
}

/** What an address says beyond its division, which it may begin with again. */
export function streetOf({ divisionName, address }: Place): string {
  let rest = address.trim();
  for (;;) {
    const part = /^.{1,12}?(省|市|区|县|街道|镇|乡)/.exec(rest)?.[0];
    if (!part || !divisionName.includes(part)) return rest;
    rest = rest.slice(part.length).trim();
  }
}

/** A place and an address that may begin with that place again: every part of it once. */
export const placeOf = (place: Place): string => `${place.divisionName} ${streetOf(place)}`.trim();
