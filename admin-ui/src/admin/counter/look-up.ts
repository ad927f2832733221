import { useClient } from 'urql';
import { useT } from '../app/i18n';
import { faultMessage, useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  type CounterWorkerFragment,
  LookUpWorkerDocument,
  ReadIdCardDocument,
  WorkerOfSlipDocument,
} from '../gql/graphql';
import { readTyped } from './typed';

/** What the form of a new worker begins with. */
export interface Prefill {
  name?: string;
  idNumber?: string;
  phone?: string;
  county?: string;
  fromCard: boolean;
}

/** Somebody who is registered, somebody new, or why there is neither. */
export type Found =
  | { kind: 'known'; worker: CounterWorkerFragment }
  | { kind: 'new'; prefill: Prefill }
  | { kind: 'wrong'; message: string };

/** Looks up what was typed, pasted or read at the counter. */
export function useLookUp(marketId: string | null) {
  const t = useT();
  const { can } = useSession();
  const client = useClient();
  const [lookUp] = useAction(LookUpWorkerDocument);
  const wrong = (message: string): Found => ({ kind: 'wrong', message });
  const fresh = (prefill: Prefill): Found =>
    can('worker.register') ? { kind: 'new', prefill } : wrong(t('counter.notKnown'));

  const byNumber = async (given: { phone?: string; idNumber?: string }, prefill: Prefill): Promise<Found> => {
    if (!can('worker.look_up')) return fresh(prefill);
    const outcome = await lookUp({ marketId, phone: given.phone ?? null, idNumber: given.idNumber ?? null });
    if (outcome.kind === 'done') return { kind: 'known', worker: outcome.value };
    if (outcome.kind === 'refused' && outcome.code === 'NOT_REGISTERED') return fresh(prefill);
    return wrong(outcome.message);
  };

  const byCard = async (text: string): Promise<Found> => {
    const { data, error } = await client
      .query(ReadIdCardDocument, { text }, { requestPolicy: 'network-only' })
      .toPromise();
    if (error) return wrong(faultMessage(error));
    const card = data?.readIdCard;
    if (!card) return wrong(t('counter.noCard'));
    const prefill: Prefill = {
      fromCard: true,
      ...(card.name ? { name: card.name } : {}),
      ...(card.idNumber ? { idNumber: card.idNumber } : {}),
      ...(card.county ? { county: card.county } : {}),
    };
    return card.idNumber ? byNumber({ idNumber: card.idNumber }, prefill) : fresh(prefill);
  };

  const bySlip = async (id: string): Promise<Found> => {
    const asked = client.query(WorkerOfSlipDocument, { id }, { requestPolicy: 'network-only' });
    const { data, error } = await asked.toPromise();
    if (error) return wrong(faultMessage(error));
    return data?.worker ? { kind: 'known', worker: data.worker } : wrong(t('counter.slipUnknown'));
  };

  return async (value: string): Promise<Found> => {
    const typed = readTyped(value);
    switch (typed.kind) {
      case 'nothing':
        return wrong(t('counter.findEmpty'));
      case 'unknown':
        return wrong(t('counter.findWrong'));
      case 'card':
        return byCard(typed.text);
      case 'slip':
        return bySlip(typed.workerId);
      case 'phone':
        return byNumber({ phone: typed.phone }, { phone: typed.phone, fromCard: false });
      default:
        return byNumber({ idNumber: typed.idNumber }, { idNumber: typed.idNumber, fromCard: false });
    }
  };
}
