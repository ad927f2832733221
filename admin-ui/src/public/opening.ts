/** When a market opens next, read from its hours in words: the server writes them by one rule in each language. */
interface Span {
  months: [number, number];
  /** Bit 0 is Monday. */
  days: number;
  opens: number;
}

export interface Opening {
  /** 0 is today, 1 tomorrow. */
  inDays: number;
  /** 0 is Monday. */
  weekday: number;
  /** `06:00`. */
  time: string;
}

const EVERY_DAY = 0b111_1111;
const ALL_YEAR: [number, number] = [1, 12];
/** Summer time of Shanxi's offices is May to September. */
const SEASONS: Record<string, [number, number]> = { 全年: ALL_YEAR, 夏季: [5, 9], 冬季: [10, 4] };
const DAYS_ZH = '一二三四五六日';
const DAYS_EN = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS_EN = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const CLAUSE_ZH =
  /^(全年|夏季|冬季|\d+月(?:至\d+月)?)?(每天|周.(?:至周.)?(?:、周.(?:至周.)?)*)? ?((?:全天|\d\d:\d\d—).*)$/;
const CLAUSE_EN =
  /^(?:([A-Z]\w\w)–([A-Z]\w\w) )?((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:, \w{3})*)? ?(all day|\d\d:\d\d–.*)$/;
/** Shanghai has had no summer time since 1991. */
const SHANGHAI_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** The next opening within a week; null where the hours are not known or nothing opens. */
export function nextOpening(hoursText: string, now: Date): Opening | null {
  const spans = read(hoursText);
  if (!spans) return null;
  const here = new Date(now.getTime() + SHANGHAI_MS);
  const minute = here.getUTCHours() * 60 + here.getUTCMinutes();
  for (let inDays = 0; inDays <= 7; inDays += 1) {
    const day = new Date(here.getTime() + inDays * DAY_MS);
    const weekday = (day.getUTCDay() + 6) % 7;
    const times = spans
      .filter((span) => span.days & (1 << weekday) && holds(span.months, day.getUTCMonth() + 1))
      .map((span) => span.opens)
      .filter((opens) => inDays > 0 || opens > minute);
    if (times.length > 0) return { inDays, weekday, time: clock(Math.min(...times)) };
  }
  return null;
}

function holds([from, to]: [number, number], month: number) {
  return from <= to ? from <= month && month <= to : month >= from || month <= to;
}

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** All spans, or null where one of them is not understood: half of the hours would name a wrong time. */
function read(hoursText: string): Span[] | null {
  const text = hoursText.trim();
  if (!text) return null;
  return /[—；周夏冬月全]/.test(text) ? readChinese(text) : readEnglish(text);
}

function readChinese(text: string): Span[] | null {
  const spans: Span[] = [];
  let months = ALL_YEAR;
  for (const clause of text.split('；')) {
    const [, season, days, times] = CLAUSE_ZH.exec(clause) ?? [];
    if (!times) return null;
    // Only the first clause of a season names it.
    if (season) months = SEASONS[season] ?? monthsOf(season);
    for (const time of times.split('、')) {
      const opens = opensAt(time, '—');
      if (opens === null) return null;
      spans.push({ months, days: daysOf(days), opens });
    }
  }
  return spans;
}

function monthsOf(season: string): [number, number] {
  const [from = 1, to = from] = (season.match(/\d+/g) ?? []).map(Number);
  return [from, to];
}

function daysOf(words: string | undefined): number {
  if (!words || words === '每天') return EVERY_DAY;
  let mask = 0;
  for (const part of words.split('、')) {
    const [from = 0, to = from] = [...part.matchAll(/周(.)/g)].map(([, day]) => DAYS_ZH.indexOf(day ?? ''));
    for (let day = from; day <= to; day += 1) mask |= 1 << day;
  }
  return mask;
}

function readEnglish(text: string): Span[] | null {
  const spans: Span[] = [];
  for (const clause of text.split('; ')) {
    const [, from, to, days, time] = CLAUSE_EN.exec(clause) ?? [];
    const opens = time ? opensAt(time, '–') : null;
    if (opens === null) return null;
    const months: [number, number] = from && to ? [MONTHS_EN.indexOf(from) + 1, MONTHS_EN.indexOf(to) + 1] : ALL_YEAR;
    const mask = days?.split(', ').reduce((all, day) => all | (1 << DAYS_EN.indexOf(day)), 0);
    spans.push({ months, days: mask ?? EVERY_DAY, opens });
  }
  return spans;
}

function opensAt(time: string, dash: string): number | null {
  if (time === '全天' || time === 'all day') return 0;
  const [hour, minute] = time.split(dash)[0]?.split(':').map(Number) ?? [];
  return hour === undefined || minute === undefined ? null : hour * 60 + minute;
}
