import { useCallback, useRef, useState } from 'react';
import { type AnyVariables, type Client, type CombinedError, type TypedDocumentNode, useClient } from 'urql';
import { translate } from './i18n';

/** Refusals are data, faults are errors: a form shows the first at its fields and the second on top. */
export type Outcome<S> =
  | { kind: 'done'; value: S }
  | { kind: 'refused'; code: string; message: string; field: string | null; refusal: Record<string, unknown> }
  | { kind: 'fault'; message: string };

type Roots<D> = Exclude<NonNullable<D[Exclude<keyof D, '__typename'>]>, undefined>;
/** What a mutation answers when it was not refused. */
type Success<D> = Exclude<Roots<D>, { __typename: `${string}Refused` }>;

export function faultMessage(error: Pick<CombinedError, 'graphQLErrors' | 'networkError'>): string {
  const first = error.graphQLErrors[0];
  if (first) return first.message;
  return translate('fault.offline');
}

export function readOutcome<D>(result: { data?: D | null; error?: CombinedError | undefined }): Outcome<Success<D>> {
  if (result.error) return { kind: 'fault', message: faultMessage(result.error) };
  const root = Object.entries(result.data ?? {}).find(([name]) => name !== '__typename')?.[1] as
    | ({ __typename?: string } & Record<string, unknown>)
    | null
    | undefined;
  if (!root) return { kind: 'fault', message: translate('fault.empty') };
  if (root.__typename?.endsWith('Refused')) {
    return {
      kind: 'refused',
      code: String(root.code ?? ''),
      message: String(root.message ?? ''),
      field: typeof root.field === 'string' ? root.field : null,
      refusal: root,
    };
  }
  return { kind: 'done', value: root as Success<D> };
}

/** What a page passes to an action: all but the key, which the action makes. */
type Given<V> = Omit<V, 'idempotencyKey'>;

/** Runs a mutation; answers what became of it, and whether it is still under way. */
export function useAction<D, V extends AnyVariables>(document: TypedDocumentNode<D, V>) {
  const client = useClient();
  const act = useRef(new Act());
  const [busy, setBusy] = useState(false);
  const run = useCallback(
    async (given: Given<V>): Promise<Outcome<Success<D>>> => {
      setBusy(true);
      try {
        return await act.current.run(client, document, given);
      } finally {
        setBusy(false);
      }
    },
    [client, document],
  );
  return [run, busy] as const;
}

const takesKey = (document: TypedDocumentNode<never, never>) =>
  document.definitions.some(
    (d) =>
      d.kind === 'OperationDefinition' &&
      d.variableDefinitions?.some((v) => v.variable.name.value === 'idempotencyKey'),
  );

/**
 * One intended act and its idempotency key. Where no answer came, the same act sent again carries the same key and is
 * done once; after an answer, or when something else is asked, the next act has a key of its own.
 */
export class Act {
  #open: { asked: string; key: string } | null = null;

  /** The key for what is asked now. */
  keyFor(given: unknown): string {
    const asked = JSON.stringify(given);
    if (this.#open?.asked !== asked) this.#open = { asked, key: idempotencyKey() };
    return this.#open.key;
  }

  settle(outcome: Outcome<unknown>) {
    if (outcome.kind !== 'fault') this.#open = null;
  }

  async run<D, V extends AnyVariables>(
    client: Client,
    document: TypedDocumentNode<D, V>,
    given: Given<V>,
  ): Promise<Outcome<Success<D>>> {
    const variables = takesKey(document as never) ? { ...given, idempotencyKey: this.keyFor(given) } : given;
    const outcome = readOutcome<D>(await client.mutation(document, variables as V).toPromise());
    this.settle(outcome);
    return outcome;
  }
}

/** A fresh key for one intent, so that a request sent twice is done once. */
export function idempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `input.contacts[0].phone` and `contacts.0.phone` name the same field. */
export function fieldPath(field: string): (string | number)[] {
  return field
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter((part, index) => part !== '' && !(index === 0 && part === 'input'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
