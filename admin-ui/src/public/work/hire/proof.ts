import { AS_CITIZEN, PublicFault } from '../../api';
import { h } from '../../dom';
import { prefs } from '../../prefs';
import { Act, type Refusal } from '../act';
import { AnnounceProofDocument, OpenProofDocument, TakeProofDocument } from '../gql/graphql';
import { actButton } from '../kit';
import { e } from './text';

/** A picture of the receipt: announced, sent, taken over; answers its id, or why there is none. */
export async function sendProof(slug: string, file: File): Promise<string | Refusal> {
  const act = new Act();
  const input = { purpose: 'WAGE_PROOF', fileName: file.name, size: file.size } as const;
  const { done, refused } = await act.run(slug, AnnounceProofDocument, { input });
  if (refused) return refused;
  await put(done.url, file);
  const taken = await act.run(slug, TakeProofDocument, { id: done.uploadId });
  return taken.refused ?? taken.done.id;
}

async function put(url: string, file: File) {
  const headers = { ...AS_CITIZEN, 'accept-language': prefs.language, 'content-type': 'application/octet-stream' };
  const sent = await fetch(url, { method: 'PUT', credentials: 'same-origin', headers, body: file }).catch(() => {
    throw new PublicFault('offline', '');
  });
  if (sent.ok) return;
  const body = (await sent.json().catch(() => null)) as { errors?: { message: string }[] } | null;
  throw new PublicFault('refused', body?.errors?.[0]?.message ?? String(sent.status));
}

/** A picture or a PDF, chosen or taken with the camera; a telephone offers both. */
export function proofField(id: string, proven: boolean) {
  const input = h('input', { type: 'file', id, accept: 'image/png,image/jpeg,image/webp,application/pdf' });
  const box = h(
    'div',
    { class: 'field' },
    h('label', { for: id }, e('proof.label')),
    h('p', { class: 'hint', id: `${id}-hint` }, e(proven ? 'proof.there' : 'proof.hint')),
    input,
  );
  input.setAttribute('aria-describedby', `${id}-hint`);
  return { box, file: () => input.files?.[0] ?? null };
}

/** What was kept, to be looked at again; whoever acts for the hiring party need not say why. */
export function openProof(slug: string, id: string) {
  const act = new Act();
  const open = async () => {
    const { done, refused } = await act.run(slug, OpenProofDocument, { id });
    if (done) location.assign(done.url);
    return refused;
  };
  return actButton(e('proof.open'), open, true);
}
