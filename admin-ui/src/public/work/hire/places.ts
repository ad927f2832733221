import type { EngagementStatus } from '../gql/graphql';

const HOLDS: EngagementStatus[] = ['CONFIRMED', 'ARRIVED', 'COMPLETED', 'PAID'];

/** Of a file of its own, as `opened` is: the page of one hire needs it, and not all of the hiring side with it. */
export const holdsPlace = (status: EngagementStatus) => HOLDS.includes(status);
