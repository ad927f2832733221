import { type AskedDocument, askOwn, PublicFault } from '../api';
import { t } from '../text';
import { w } from './text';

/** What was not done, in the server's own words, and at which field of the form. */
export interface Refusal {
  code: string;
  message: string;
  field: string | null;
}

type Root<T> = Exclude<NonNullable<T[keyof T]>, string>;
export type Refused<T> = Extract<Root<T>, { code: string; message: string }>;
export type Done<T> = Exclude<Root<T>, { code: string; message: string }>;
export type Outcome<T> = { done: Done<T>; refused?: undefined } | { done?: undefined; refused: Refused<T> };

/** One act of somebody: the same key while no answer came; a new one after an answer, or when something else is asked. */
export class Act {
  #open: { asked: string; key: string } | null = null;

  async run<T extends object, V>(
    slug: string,
    document: AskedDocument<T, V>,
    given: Omit<V, 'idempotencyKey'>,
  ): Promise<Outcome<T>> {
    const text = document.toString();
    const asked = JSON.stringify([text, given]);
    if (this.#open?.asked !== asked) this.#open = { asked, key: freshKey() };
    const takesKey = text.includes('$idempotencyKey');
    const variables = (takesKey ? { ...given, idempotencyKey: this.#open.key } : given) as V;
    const answer = await askOwn(slug, document, variables);
    this.#open = null;
    const [root] = Object.values(answer) as [Root<T> & { __typename?: string }];
    // What answers neither way was not done; a page that goes on as if it was would lie.
    if (!root) throw new PublicFault('refused', w('fault.nothing'));
    return root.__typename?.endsWith('Refused') ? { refused: root as Refused<T> } : { done: root as Done<T> };
  }
}

function freshKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A fault in words for whoever meets it. */
export function faultText(fault: unknown): string {
  if (!(fault instanceof PublicFault)) throw fault;
  if (fault.kind === 'offline') return t('app.offline');
  if (fault.kind === 'signedOut') return w('fault.signedOut');
  return t('app.refused', { message: fault.message });
}
