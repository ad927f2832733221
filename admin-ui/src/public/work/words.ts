import { beforeRedraw, type Language, prefs } from '../prefs';

type Catalogue<K extends string> = Record<K, string>;
type Loaders<K extends string> = Record<Language, () => Promise<{ default: Catalogue<K> }>>;
type Say<K extends string> = (key: K, values?: Record<string, string | number>) => string;

/** Words of one language at a time: nobody reads two, and a cheap phone pays for both. */
export async function words<K extends string>(loaders: Loaders<K>): Promise<Say<K>> {
  let catalogue = (await loaders[prefs.language]()).default;
  beforeRedraw.push(async () => {
    // Without a network the page stays in the language that it has.
    const next = await loaders[prefs.language]().catch(() => null);
    if (next) catalogue = next.default;
  });
  return (key, values = {}) =>
    catalogue[key].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}
