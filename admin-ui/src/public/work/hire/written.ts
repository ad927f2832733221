import type { HiringQuery, MyTemplatesQuery, PostingInput } from '../gql/graphql';
import { dayOf } from '../text';

export type Posting = NonNullable<HiringQuery['posting']>;
export type Template = NonNullable<MyTemplatesQuery['postingTemplates']>['edges'][number]['node'];

/** The title that the house makes of trade and headcount; it is made anew where one of them changes. */
const MADE = /^招.+\d+人$/;

const ownTitle = (title: string | null) => (title && !MADE.test(title) ? title : null);
const plain = <P extends { lat: number; lng: number; crs: PointCrs }>(point: P | null) =>
  point && { lat: point.lat, lng: point.lng, crs: point.crs };
type PointCrs = NonNullable<NonNullable<PostingInput['point']>['crs']>;

/** A posting as the form that it would be written with: to be changed, or kept as a template. */
export function ofPosting(posting: Posting): PostingInput {
  const { partyId, duties, place, wageFen, wageUnit, conditions, payText, payDay, cover, marketId } = posting;
  const { instant, priority, engagement, kind, needsCertificate } = posting;
  return {
    ...{ partyId, duties, place, wageFen, wageUnit, conditions, payText, payDay, cover, marketId },
    ...{ instant, priority, engagement, kind, needsCertificate },
    title: ownTitle(posting.title),
    trade: posting.trade?.name ?? '',
    county: posting.county.code,
    point: plain(posting.point),
    shifts: posting.shifts.map(({ startsAt, endsAt, headcount, breakMinutes }) => ({
      ...{ startsAt, endsAt, headcount, breakMinutes },
    })),
  };
}

/** The last day that somebody chose; the day of the last shift is the house's own choice, and moves with the shifts. */
export function lastDayOf({ validUntil, shifts }: Pick<Posting, 'validUntil' | 'shifts'>): string | null {
  const days = shifts.map(({ endsAt }) => dayOf(new Date(endsAt))).sort();
  return validUntil === days.at(-1) ? null : validUntil;
}

/** A template as the form it fills; its shifts are moved already, the first to tomorrow. */
export function ofTemplate({ form }: Pick<Template, 'form'>, trades: Readonly<Record<string, string>>): PostingInput {
  // A desk writes the code of a trade, and nobody knows his work by that.
  return { ...form, trade: trades[form.trade] ?? form.trade, title: ownTitle(form.title), point: plain(form.point) };
}
