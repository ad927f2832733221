/** How much fits where: the limits of `server/hiring/src/rules`, held equal to them by a test. */
export const POSTING_LIMITS = {
  title: 40,
  duties: 1000,
  text: 500,
  place: 100,
  headcount: 500,
} as const;
