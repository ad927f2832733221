import { Form, Input } from 'antd';
import { useT, useTerm } from '../app/i18n';
import { type Outcome, useAction } from '../app/outcome';
import {
  ClosePartyDocument,
  LiftPartySuspensionDocument,
  OrderRecheckDocument,
  type PartyRowFragment,
  RejectPartyDocument,
  SuspendPartyDocument,
} from '../gql/graphql';
import { FormDialog } from '../kit/form';
import { useFormat } from '../kit/format';
import { ReasonDialog } from '../kit/reason';
import { useStanding } from '../kit/standing';

/** What a decision needs to know of a party: a row of a list is enough. */
export interface DecisionProps {
  party: PartyRowFragment & { notice?: object | null };
  onClose: () => void;
  refetch: () => void;
}

/** Where somebody was faster, the dialog stays open with what stands now; asking again is asking for that. */
export function useFaster(refetch: () => void) {
  const standing = useStanding('partyStatus');
  return (outcome: Outcome<unknown>) => {
    if (outcome.kind === 'refused') refetch();
    return standing<unknown>(outcome);
  };
}

/** Tells all that is missing at once (一次性告知); a second notice says why it was not told the first time. */
export function RejectDialog({ party, onClose, refetch }: DecisionProps) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const [reject] = useAction(RejectPartyDocument);
  const faster = useFaster(refetch);
  const missing = party.missingSteps ?? [];
  return (
    <FormDialog<{ remarks?: string; whyAgain?: string }>
      name="reject"
      title={t('parties.rejectTitle', { name: party.displayName })}
      submitText={t('parties.reject')}
      danger
      onClose={onClose}
      onDone={refetch}
      onSubmit={async ({ remarks, whyAgain }) =>
        faster(
          await reject({
            id: party.id,
            version: party.version,
            input: { remarks: remarks?.trim() || null, whyAgain: whyAgain?.trim() || null },
          }),
        )
      }
    >
      <p>{t('parties.rejectText')}</p>
      {missing.length > 0 ? (
        <p>{t('parties.missing', { steps: format.list(missing.map((step) => term('partyStep', step))) })}</p>
      ) : null}
      <Form.Item name="remarks" label={t('parties.remarks')} extra={t('parties.remarksHint')}>
        <Input.TextArea rows={3} maxLength={300} />
      </Form.Item>
      {party.notice !== null ? (
        <Form.Item name="whyAgain" label={t('parties.whyAgain')} extra={t('parties.whyAgainHint')}>
          <Input.TextArea rows={2} maxLength={300} />
        </Form.Item>
      ) : null}
    </FormDialog>
  );
}

export function SuspendDialog({ party, onClose, refetch }: DecisionProps) {
  const t = useT();
  const [suspend] = useAction(SuspendPartyDocument);
  const faster = useFaster(refetch);
  return (
    <ReasonDialog
      name="suspend"
      title={t('parties.suspendTitle', { name: party.displayName })}
      text={t('parties.suspendText')}
      hint={t('form.reasonHint')}
      submitText={t('parties.suspend')}
      onClose={onClose}
      onDone={refetch}
      onSubmit={async (reason) => faster(await suspend({ id: party.id, version: party.version, reason }))}
    />
  );
}

export function LiftDialog({ party, onClose, refetch }: DecisionProps) {
  const t = useT();
  const [lift] = useAction(LiftPartySuspensionDocument);
  const faster = useFaster(refetch);
  return (
    <ReasonDialog
      name="lift"
      danger={false}
      title={t('parties.liftTitle', { name: party.displayName })}
      hint={t('form.reasonHint')}
      submitText={t('parties.lift')}
      onClose={onClose}
      onDone={refetch}
      onSubmit={async (reason) => faster(await lift({ id: party.id, version: party.version, reason }))}
    />
  );
}

/** Puts a verified party on the list of sampling checks, beside those that are drawn each month. */
export function RecheckDialog({ party, onClose, refetch }: DecisionProps) {
  const t = useT();
  const [order] = useAction(OrderRecheckDocument);
  return (
    <ReasonDialog
      name="order-recheck"
      danger={false}
      title={t('parties.recheckTitle', { name: party.displayName })}
      text={t('parties.recheckText')}
      submitText={t('parties.recheck')}
      onClose={onClose}
      onDone={refetch}
      onSubmit={(reason) => order({ partyId: party.id, reason })}
    />
  );
}

/** Closes a party at its own wish; asked once more, because its postings end with it. */
export function CloseDialog({ party, onClose, refetch }: DecisionProps) {
  const t = useT();
  const [close] = useAction(ClosePartyDocument);
  const faster = useFaster(refetch);
  return (
    <FormDialog<object>
      name="close-party"
      title={t('parties.closeTitle', { name: party.displayName })}
      submitText={t('parties.close')}
      danger
      onClose={onClose}
      onDone={refetch}
      onSubmit={async () => faster(await close({ id: party.id, version: party.version }))}
    >
      <p>{t('parties.closeText')}</p>
    </FormDialog>
  );
}
