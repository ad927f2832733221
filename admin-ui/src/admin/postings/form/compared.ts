import { useMemo } from 'react';
import { useT } from '../../app/i18n';
import type { PostingInput, PostingWholeFragment } from '../../gql/graphql';
import type { Compared } from '../../kit/conflict';
import { useShown } from './show';
import { FOLDED, fromPosting, toPostingInput } from './values';

/** What may differ between two versions; whose posting it is stays. */
export const FIELDS = ['trade', 'duties', 'place', 'wageFen', 'wageUnit', 'shifts', ...FOLDED] as const;
export type Field = (typeof FIELDS)[number];

export interface Versions {
  base: PostingWholeFragment;
  mine: PostingInput;
  current: PostingWholeFragment;
}

/** My version of a posting and the one saved meanwhile, to be chosen between. */
export function useCompared({ base, mine, current }: Versions): Compared<PostingInput, Field> {
  const t = useT();
  const sides = useMemo(
    () => ({ base: toPostingInput(fromPosting(base)), mine, theirs: toPostingInput(fromPosting(current)) }),
    [base, mine, current],
  );
  const shown = useShown(mine, [base, current]);
  return { ...sides, fields: FIELDS, shown, label: (field) => t(`posting.${field}`) };
}
