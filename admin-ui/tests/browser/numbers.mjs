/** Numbers of people and units that check, of somebody nobody knows. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const UNIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const BODY_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

const weighed = (text, weights) => weights.reduce((sum, weight, i) => sum + weight * ALPHABET.indexOf(text[i]), 0);

/** So many digits by chance. */
export const some = (digits) => String(Math.floor(Math.random() * 10 ** digits)).padStart(digits, '0');

/** Seventeen digits of a citizen number with their check character (GB 11643). */
export const checked = (base) => base + '10X98765432'[weighed(base, WEIGHTS) % 11];

/** A citizen of Xiaodian, born on that day. */
export const citizenNumber = (born) => checked(`140105${born}${some(3)}`);

export const mobile = () => `139${some(8)}`;

/** The code of a unit with both of its check characters (GB 32100, GB 11714); `92` is an individual business. */
export function unitCode(kind) {
  const body = some(8);
  const inner = body + '0X987654321'[weighed(body, BODY_WEIGHTS) % 11];
  const base = `${kind}140105${inner}`;
  return base + ALPHABET[(31 - (weighed(base, UNIT_WEIGHTS) % 31)) % 31];
}
