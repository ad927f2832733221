import { useQuery } from 'urql';
import { useT, useTerm } from '../../app/i18n';
import {
  DivisionNameDocument,
  MarketNameDocument,
  type PostingInput,
  type PostingWholeFragment,
  type ShiftInput,
  TradeChoicesDocument,
} from '../../gql/graphql';
import { degrees, useFormat } from '../../kit/format';
import { useMoney } from '../../kit/money';
import { useSpan } from '../words';
import type { Field } from './compared';

const GROUPS: Partial<Record<Field, string>> = {
  wageUnit: 'wageUnit',
  payDay: 'payDay',
  cover: 'accidentCover',
  engagement: 'engagementType',
  kind: 'postingKind',
  source: 'postingSource',
};
const YES_NO: readonly Field[] = ['needsCertificate', 'instant', 'priority'];

/** What the codes and ids of two versions are called; what I chose anew is asked for. */
function useNames(mine: PostingInput, known: readonly PostingWholeFragment[]) {
  const { county, marketId } = mine;
  const [trades] = useQuery({ query: TradeChoicesDocument, variables: { search: null, first: 100 } });
  const [division] = useQuery({ query: DivisionNameDocument, variables: { code: county ?? '' }, pause: !county });
  const [market] = useQuery({ query: MarketNameDocument, variables: { id: marketId ?? '' }, pause: !marketId });
  return {
    trade: Object.fromEntries((trades.data?.trades ?? []).map(({ code, name }) => [code, name])),
    county: Object.fromEntries([
      [county, division.data?.division?.fullName],
      ...known.map((posting) => [posting.county.code, posting.county.name]),
    ]),
    marketId: Object.fromEntries([
      [marketId, market.data?.market?.displayName],
      ...known.map((posting) => [posting.marketId, posting.marketName]),
    ]),
  } as Partial<Record<Field, Record<string, string | undefined>>>;
}

/** Any field of a posting in words, for two versions to be laid side by side. */
export function useShown(mine: PostingInput, known: readonly PostingWholeFragment[]) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const money = useMoney();
  const span = useSpan();
  const names = useNames(mine, known);
  const shift = (one: ShiftInput) =>
    t('shift.said', { span: span(one), n: one.headcount, minutes: one.breakMinutes ?? 0 });
  return (field: Field, value: unknown): string => {
    if (value === null || value === undefined || value === '') return t('conflict.empty');
    const group = GROUPS[field];
    if (group) return term(group, value as string);
    if (YES_NO.includes(field)) return t(value ? 'choice.yes' : 'choice.no');
    switch (field) {
      case 'wageFen':
        return money.amount(value as number);
      case 'shifts':
        return format.lines((value as ShiftInput[]).map(shift)) || t('conflict.empty');
      case 'point': {
        const point = value as NonNullable<PostingInput['point']>;
        return [degrees(point), term('crs', point.crs)].filter(Boolean).join(' ');
      }
      default:
        return names[field]?.[value as string] ?? String(value);
    }
  };
}
