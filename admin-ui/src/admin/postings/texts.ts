import type { PostingWholeFragment } from '../gql/graphql';

type Texts = Pick<PostingWholeFragment, 'title' | 'duties' | 'conditions' | 'place' | 'payText'>;

/** The fields that the linter reads as words. */
export const TEXT_FIELDS = ['title', 'duties', 'conditions', 'place', 'payText'] as const;

/** The text of a field, where it is one. */
export function textOf(posting: Partial<Texts>, field: string): string | null {
  const known = TEXT_FIELDS.find((name) => name === field);
  return known ? (posting[known] ?? null) : null;
}
