type Route =
  | { page: 'cities' }
  | { page: 'directory' | 'print'; slug: string }
  | { page: 'market'; slug: string; id: string }
  | { page: 'missing'; back: string };

/** Which page an address names: `/`, `/{city}`, `/{city}/print`, `/{city}/markets/{market}`. */
export function routeAt(path: string): Route {
  const parts = path.split('/').filter(Boolean);
  const [slug, area, id] = parts.map(decoded);
  if (!slug) return { page: 'cities' };
  if (!area) return { page: 'directory', slug };
  if (area === 'print' && parts.length === 2) return { page: 'print', slug };
  if (area === 'markets' && id && parts.length === 3) return { page: 'market', slug, id };
  return { page: 'missing', back: `/${encodeURIComponent(slug)}` };
}

/** A broken escape in an address is an address that does not exist, not a fault. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
