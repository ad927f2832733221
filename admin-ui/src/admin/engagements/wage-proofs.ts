import { useRef } from 'react';
import { useClient } from 'urql';
import { Act, type Outcome } from '../app/outcome';
import { sendFile } from '../imports/upload';
import type { Line } from './wage-lines';

type Send = (file: File) => Promise<Outcome<{ id: string }>>;

/**
 * Sends the proofs that were chosen, line after line, and stops at the first that is refused. What `sent` knows already is
 * not sent again: whoever mends a figure does not wait for ten pictures once more.
 */
export async function sendProofs(
  lines: readonly Line[],
  sent: Map<File, string>,
  send: Send,
): Promise<Outcome<ReadonlyMap<File, string>>> {
  for (const [index, { included, proof }] of lines.entries()) {
    if (!included || !proof || sent.has(proof)) continue;
    const outcome = await send(proof);
    if (outcome.kind === 'refused') return { ...outcome, field: `lines.${index}.proof` };
    if (outcome.kind === 'fault') return outcome;
    sent.set(proof, outcome.value.id);
  }
  return { kind: 'done', value: sent };
}

export function useProofs() {
  const client = useClient();
  const act = useRef(new Act());
  const sent = useRef(new Map<File, string>());
  return (lines: readonly Line[]) =>
    sendProofs(lines, sent.current, (file) => sendFile(client, file, 'WAGE_PROOF', act.current));
}
