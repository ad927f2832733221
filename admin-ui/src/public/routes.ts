/** The pages of work and hire, which are loaded when somebody goes there. */
export type View =
  | 'find'
  | 'posting'
  | 'me'
  | 'register'
  | 'wishes'
  | 'job'
  | 'points'
  | 'record'
  | 'data'
  | 'hire'
  | 'party'
  | 'post'
  | 'hiring'
  | 'pay'
  | 'province';

export interface WorkRoute {
  /** Which side of it: each loads its own scripts. */
  page: 'work' | 'hire';
  slug: string;
  view: View;
  id: string;
}

/** What somebody holds on paper or as a file: the slip of a registration, a work record. */
export interface PaperRoute {
  page: 'papers';
  slug: string;
  view: 'slip' | 'verify';
}

type Route =
  | { page: 'cities' }
  | { page: 'directory' | 'print'; slug: string }
  | { page: 'market'; slug: string; id: string }
  | WorkRoute
  | PaperRoute
  | { page: 'missing'; back: string };

const HIRING: readonly View[] = ['hire', 'party', 'post', 'hiring', 'pay'];

/** What follows the city in an address; `*` stands for an id. */
const VIEWS: Record<string, View> = {
  work: 'find',
  'work/*': 'posting',
  me: 'me',
  'me/register': 'register',
  'me/wishes': 'wishes',
  'me/points': 'points',
  'me/record': 'record',
  'me/data': 'data',
  'me/jobs/*': 'job',
  hire: 'hire',
  'hire/register': 'party',
  'hire/post': 'post',
  'hire/post/*': 'post',
  'hire/postings/*': 'hiring',
  'hire/postings/*/pay': 'pay',
  'hire/jobs/*': 'job',
};
/** The province's own endpoint: it has no markets, and shows the work of every city. */
const PLATFORM = 'platform';

/**
 * Which page an address names: `/`, `/{city}`, `/{city}/print`, `/{city}/markets/{market}`, `/{city}/verify`, what the code of
 * a registration slip holds (`/{city}/workers/{worker}`), and what work and hire have below `/{city}/work`, `/{city}/me` and
 * `/{city}/hire`.
 */
export function routeAt(path: string): Route {
  const parts = path.split('/').filter(Boolean).map(decoded);
  const [slug, area, id] = parts;
  if (!slug) return { page: 'cities' };
  if (slug === PLATFORM && area === 'work' && parts.length === 2)
    return { page: 'work', slug, view: 'province', id: '' };
  if (!area) return { page: 'directory', slug };
  if (area === 'print' && parts.length === 2) return { page: 'print', slug };
  if (area === 'markets' && id && parts.length === 3) return { page: 'market', slug, id };
  return (
    paperAt(slug, parts.slice(1)) ??
    workAt(slug, parts.slice(1)) ?? { page: 'missing', back: `/${encodeURIComponent(slug)}` }
  );
}

/** Whose slip it is stays in the address: the page says the same to everybody. */
function paperAt(slug: string, [area, id, more]: string[]): PaperRoute | null {
  if (slug === PLATFORM || more) return null;
  if (area === 'workers' && id) return { page: 'papers', slug, view: 'slip' };
  return area === 'verify' && !id ? { page: 'papers', slug, view: 'verify' } : null;
}

function workAt(slug: string, parts: string[]): WorkRoute | null {
  const place = parts[0] === 'work' ? 1 : 2;
  const id = parts[place] ?? '';
  const view = VIEWS[parts.map((part, index) => (index === place ? '*' : part)).join('/')];
  if (!view || slug === PLATFORM) return null;
  return { page: HIRING.includes(view) ? 'hire' : 'work', slug, view, id };
}

/** A broken escape in an address is an address that does not exist, not a fault. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
