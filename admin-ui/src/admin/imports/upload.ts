import type { Client } from 'urql';
import { headers } from '../app/client';
import { translate } from '../app/i18n';
import type { Act, Outcome } from '../app/outcome';
import {
  CheckDirectoryImportDocument,
  CompleteUploadDocument,
  CreateUploadDocument,
  type UploadPurpose,
} from '../gql/graphql';

/** Ticket, bytes, completion, dry run: stops at the first that is refused and hands its words on. */
export async function uploadAndCheck(
  client: Client,
  file: File,
  defaultDivision: string | null,
  act: Act,
): Promise<Outcome<{ id: string }>> {
  const upload = await sendFile(client, file, 'ANNEX2', act);
  if (upload.kind !== 'done') return upload;
  return act.run(client, CheckDirectoryImportDocument, { uploadId: upload.value.id, defaultDivision });
}

/** Ticket, bytes, completion: the upload, for whoever takes it into keeping. */
export async function sendFile(
  client: Client,
  file: File,
  purpose: UploadPurpose,
  act: Act,
): Promise<Outcome<{ id: string }>> {
  const input = { purpose, fileName: file.name, size: file.size };
  const ticket = await act.run(client, CreateUploadDocument, { input });
  if (ticket.kind !== 'done') return ticket;
  const fault = await put(ticket.value.url, file);
  if (fault) return fault;
  return act.run(client, CompleteUploadDocument, { id: ticket.value.uploadId });
}

async function put(url: string, file: File): Promise<Outcome<never> | null> {
  try {
    const response = await fetch(url, {
      method: 'PUT',
      credentials: 'same-origin',
      headers: { ...headers(), 'content-type': 'application/octet-stream' },
      body: file,
    });
    if (response.ok) return null;
    const body = (await response.json().catch(() => null)) as {
      message?: string;
      errors?: { message: string }[];
    } | null;
    const message =
      body?.message ?? body?.errors?.[0]?.message ?? translate('imports.uploadFailed', { status: response.status });
    return { kind: 'fault', message };
  } catch {
    return { kind: 'fault', message: translate('fault.offline') };
  }
}
