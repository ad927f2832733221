import type { OpenShiftsQuery } from '../gql/graphql';

type Posting = NonNullable<OpenShiftsQuery['openPostings']>['edges'][number]['node'];

/** A shift with places left, and the posting it belongs to. */
export interface OpenShift {
  id: string;
  startsAt: string;
  endsAt: string;
  placesLeft: number;
  posting: Posting;
}

/** The shifts that one can still be hired for until a moment, the first to begin first. */
export function shiftsOf(postings: readonly Posting[], now: number, until: number): OpenShift[] {
  return postings
    .flatMap((posting) => posting.shifts.map((shift) => ({ ...shift, posting })))
    .filter((s) => s.placesLeft > 0 && Date.parse(s.endsAt) > now && Date.parse(s.startsAt) < until)
    .sort((a, b) => a.startsAt.localeCompare(b.startsAt) || a.id.localeCompare(b.id));
}

/** Those that say every word that was typed: trade, title, who hires, where. */
export function narrowed(shifts: readonly OpenShift[], typed: string): OpenShift[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return shifts.filter(({ posting: p }) => {
    const text = [p.title, p.tradeName, p.partyName, p.place].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The end of a day in Shanghai, some days on. */
export function endOfDay(now: number, days = 0): number {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(now + days * 86_400_000);
  return Date.parse(`${day}T23:59:59+08:00`);
}
