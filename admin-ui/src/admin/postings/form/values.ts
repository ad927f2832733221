import type { PostingInput, PostingWholeFragment, ShiftInput, TemplateFormFragment } from '../../gql/graphql';

/** A shift as it is typed: a day, from when until when; what does not end after it begins ends the next day. */
export interface ShiftValue {
  day?: string;
  starts?: string;
  ends?: string;
  headcount?: number | null;
  breakMinutes?: number | null;
}

type Typed = Omit<PostingInput, 'shifts' | 'point' | 'wageFen'>;

export interface PostingValues extends Partial<Typed> {
  shifts: ShiftValue[];
  wageFen?: number | null;
  point?: { lat?: number | null; lng?: number | null; crs?: string | null };
}

/** A new posting begins with one shift tomorrow; the rest is the house's own default and is not asked. */
export function emptyPosting(tomorrow: string): PostingValues {
  return {
    wageUnit: 'DAY',
    shifts: [{ day: tomorrow, starts: '08:00', ends: '17:00', headcount: 1, breakMinutes: 60 }],
  };
}

const SHANGHAI = '+08:00';
const DAY_MS = 86_400_000;

/** The day after a day, both as YYYY-MM-DD. */
export const dayAfter = (day: string, days = 1) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** A shift as the API takes it; none while a part of it is missing. */
export function shiftToInput({ day, starts, ends, headcount, breakMinutes }: ShiftValue): ShiftInput | null {
  if (!day || !starts || !ends) return null;
  const last = ends > starts ? day : dayAfter(day);
  return {
    startsAt: `${day}T${starts}:00${SHANGHAI}`,
    endsAt: `${last}T${ends}:00${SHANGHAI}`,
    headcount: headcount ?? 0,
    breakMinutes: breakMinutes ?? 0,
  };
}

/** `2026-11-27 07:00` of a moment, as Shanghai counts. */
const local = (at: string) => new Date(Date.parse(at) + 8 * 3_600_000).toISOString();

export function shiftFrom(shift: {
  startsAt: string;
  endsAt: string;
  headcount: number;
  breakMinutes: number | null;
}): ShiftValue {
  const [starts, ends] = [local(shift.startsAt), local(shift.endsAt)];
  return {
    day: starts.slice(0, 10),
    starts: starts.slice(11, 16),
    ends: ends.slice(11, 16),
    headcount: shift.headcount,
    breakMinutes: shift.breakMinutes ?? 0,
  };
}

const said = (text: string | null | undefined) => text?.trim() || null;

/** What is typed, as the API takes it. What is left out follows as the house has it. */
export function toPostingInput(values: PostingValues): PostingInput {
  const point = values.point;
  const hasPoint = typeof point?.lat === 'number' && typeof point.lng === 'number';
  return {
    partyId: values.partyId ?? '',
    trade: values.trade ?? '',
    duties: values.duties?.trim() ?? '',
    place: values.place?.trim() ?? '',
    wageFen: values.wageFen ?? 0,
    wageUnit: values.wageUnit ?? 'DAY',
    shifts: (values.shifts ?? []).map(shiftToInput).filter((shift) => shift !== null),
    title: said(values.title),
    conditions: said(values.conditions),
    payText: said(values.payText),
    payDay: values.payDay ?? null,
    kind: values.kind ?? null,
    engagement: values.engagement ?? null,
    source: values.source ?? null,
    county: values.county ?? null,
    marketId: values.marketId ?? null,
    cover: values.cover ?? null,
    instant: values.instant ?? null,
    priority: values.priority ?? null,
    needsCertificate: values.needsCertificate ?? null,
    validFrom: values.validFrom || null,
    validUntil: values.validUntil || null,
    point: hasPoint ? ({ lat: point.lat, lng: point.lng, crs: point.crs ?? null } as PostingInput['point']) : null,
  };
}

/** A posting as the form shows it. */
export function fromPosting(posting: PostingWholeFragment): PostingValues {
  const { partyId, duties, place, wageFen, wageUnit, title, conditions, payText, payDay, kind, engagement } = posting;
  const { source, marketId, cover, instant, priority, needsCertificate, validFrom, validUntil, point } = posting;
  return {
    partyId,
    trade: posting.trade?.code ?? '',
    duties,
    place,
    wageFen,
    wageUnit,
    title,
    conditions,
    payText,
    payDay,
    kind,
    engagement,
    source,
    county: posting.county.code,
    marketId,
    cover,
    instant,
    priority,
    needsCertificate,
    validFrom,
    validUntil,
    shifts: posting.shifts.map(shiftFrom),
    ...(point ? { point: { lat: point.lat, lng: point.lng, crs: point.crs } } : {}),
  };
}

/** What was to be sent, as the form shows it. */
export function fromInput({ shifts, point, ...rest }: PostingInput): PostingValues {
  return {
    ...rest,
    shifts: shifts.map((one) => shiftFrom({ ...one, breakMinutes: one.breakMinutes ?? 0 })),
    ...(point ? { point: { lat: point.lat, lng: point.lng, crs: point.crs ?? null } } : {}),
  };
}

/** A template as the form shows it: its shifts are moved already, so that the first is tomorrow. */
export function fromTemplate({ shifts, point, ...form }: TemplateFormFragment): PostingValues {
  const kept = Object.fromEntries(
    Object.entries(form).filter(([name, value]) => name !== '__typename' && value !== null),
  );
  return {
    ...(kept as Partial<Typed>),
    shifts: shifts.map(shiftFrom),
    ...(point ? { point: { lat: point.lat, lng: point.lng, crs: point.crs } } : {}),
  };
}

/** The fields that stand folded; where one says something, they are opened. */
export const FOLDED = [
  'title',
  'conditions',
  'payDay',
  'payText',
  'cover',
  'engagement',
  'kind',
  'source',
  'marketId',
  'county',
  'validFrom',
  'validUntil',
  'needsCertificate',
  'instant',
  'priority',
  'point',
] as const;
