import type { PostingStatus } from '../gql/graphql';

export type PostingStep = 'amend' | 'submit' | 'review' | 'withdraw' | 'close' | 'confirm' | 'takeDown' | 'lift';

const FROM: Record<PostingStep, readonly PostingStatus[]> = {
  amend: ['DRAFT', 'IN_REVIEW', 'RETURNED', 'PUBLISHED', 'FILLED'],
  submit: ['DRAFT', 'RETURNED'],
  review: ['IN_REVIEW', 'PUBLISHED', 'FILLED'],
  withdraw: ['DRAFT', 'IN_REVIEW', 'RETURNED', 'PUBLISHED', 'FILLED'],
  close: ['PUBLISHED', 'FILLED'],
  confirm: ['PUBLISHED', 'FILLED'],
  takeDown: ['IN_REVIEW', 'PUBLISHED', 'FILLED', 'CLOSED'],
  lift: ['TAKEN_DOWN'],
};

/** What may be done with a posting in which state, as `server/hiring/src/rules/lifecycle.rs` has it. */
export const allows = (status: PostingStatus, step: PostingStep) => FROM[step].includes(status);

/** Does it wait for a reviewer: before it is seen, or, gone out through the fast lane, after? */
export const awaitsReview = ({ status, reviewed }: { status: PostingStatus; reviewed: boolean }) =>
  allows(status, 'review') && !reviewed;
