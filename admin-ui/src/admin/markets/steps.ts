import type { MarketStatus } from '../gql/graphql';

export type Step = 'open' | 'list' | 'suspend' | 'resume' | 'delist';

/** What may be done in which state, as `server/markets/src/rules/lifecycle.rs` has it; a delisted market stays delisted. */
const STEPS: Record<MarketStatus, readonly Step[]> = {
  PLANNED: ['open', 'list', 'delist'],
  DRAFT: ['list', 'delist'],
  LISTED: ['suspend', 'delist'],
  SUSPENDED: ['resume', 'delist'],
  DELISTED: [],
};

export const offers = (status: MarketStatus, step: Step) => STEPS[status].includes(step);
/** A delisted market is not amended either. */
export const amendable = (status: MarketStatus) => status !== 'DELISTED';
