import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  type AgencyInput,
  type AgencyWholeFragment,
  AmendAgencyDocument,
  LiftAgencyLicenceDocument,
  RevokeAgencyLicenceDocument,
  SuspendAgencyLicenceDocument,
  VerifyAgencyLicenceDocument,
} from '../gql/graphql';
import { FormDialog } from '../kit/form';
import { Reason } from '../kit/reason';
import { useRequired } from '../kit/rules';
import { AgencyFields, toAgencyInput } from './fields';

interface Props {
  agency: AgencyWholeFragment;
  refetch: () => void;
}

type Decision = 'suspend' | 'revoke' | 'lift';
type Asking = Decision | 'verify' | 'amend';

/** What may be decided about a licence: as `server/people/src/agencies/rules/licence.rs` has it; the server is asked all the same. */
export function AgencyActions({ agency, refetch }: Props) {
  const t = useT();
  const { can, viewer } = useSession();
  const [asking, setAsking] = useState<Asking | null>(null);
  const state = agency.licenceState;
  const registered = agency.registeredIn !== null;
  const ours = agency.registeredHere || viewer.tenant.isPlatform;
  const imposed = state === 'SUSPENDED' || state === 'REVOKED';
  const offers: Record<Asking, boolean> = {
    verify: registered && !imposed && state !== 'EXPIRED' && can('agency.verify'),
    amend: ours && registered && can('agency.amend'),
    suspend: registered && !imposed && can('agency.suspend'),
    revoke: registered && state !== 'REVOKED' && can('agency.revoke'),
    lift: registered && imposed && can('agency.lift'),
  };
  const close = () => setAsking(null);
  return (
    <>
      {(['verify', 'amend', 'lift'] as const).map((key) =>
        offers[key] ? (
          <Button
            key={key}
            type={key === 'verify' && state === 'UNVERIFIED' ? 'primary' : 'default'}
            onClick={() => setAsking(key)}
          >
            {t(`agencies.${key}`)}
          </Button>
        ) : null,
      )}
      {(['suspend', 'revoke'] as const).map((key) =>
        offers[key] ? (
          <Button key={key} danger onClick={() => setAsking(key)}>
            {t(`agencies.${key}`)}
          </Button>
        ) : null,
      )}
      {asking === 'verify' ? <Verify agency={agency} onClose={close} refetch={refetch} /> : null}
      {asking === 'amend' ? <Amend agency={agency} onClose={close} refetch={refetch} /> : null}
      {asking === 'suspend' || asking === 'revoke' || asking === 'lift' ? (
        <Decide agency={agency} decision={asking} onClose={close} refetch={refetch} />
      ) : null}
    </>
  );
}

interface DialogProps extends Props {
  onClose: () => void;
}

function Verify({ agency, onClose, refetch }: DialogProps) {
  const t = useT();
  const [verify] = useAction(VerifyAgencyLicenceDocument);
  return (
    <FormDialog<{ note?: string }>
      name="verify-licence"
      title={t('agencies.verifyTitle', { name: agency.name })}
      submitText={t('agencies.verify')}
      onClose={onClose}
      onDone={refetch}
      onClash={refetch}
      onSubmit={({ note }) => verify({ id: agency.id, version: agency.version, note: note?.trim() || null })}
    >
      <p>{t('agencies.verifyText', { no: agency.licenceNo })}</p>
      <Form.Item name="note" label={t('agencies.note')}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
    </FormDialog>
  );
}

function Amend({ agency, onClose, refetch }: DialogProps) {
  const t = useT();
  const [amend] = useAction(AmendAgencyDocument);
  const { name, issuer, issuedOn, expiresOn, uscc, county, scope } = agency;
  return (
    <FormDialog<AgencyInput>
      name="amend-agency"
      title={t('agencies.amendTitle', { name })}
      width={680}
      initial={{ name, issuer: issuer ?? '', issuedOn: issuedOn ?? '', expiresOn, uscc, county, scope }}
      onClose={onClose}
      onDone={refetch}
      onClash={refetch}
      onSubmit={(values) => amend({ id: agency.id, version: agency.version, input: toAgencyInput(values) })}
    >
      <p>{t('agencies.amendText')}</p>
      <AgencyFields />
    </FormDialog>
  );
}

const DECISIONS = {
  suspend: SuspendAgencyLicenceDocument,
  revoke: RevokeAgencyLicenceDocument,
  lift: LiftAgencyLicenceDocument,
};

/** Suspends, revokes or gives back a licence: a reason and an article, at once, in every city. */
function Decide({ agency, decision, onClose, refetch }: DialogProps & { decision: Decision }) {
  const t = useT();
  const required = useRequired();
  // The three ask for the same and answer alike; only their refusals are called otherwise.
  const [decide] = useAction(DECISIONS[decision] as typeof SuspendAgencyLicenceDocument);
  return (
    <FormDialog<{ reason: string; article: string }>
      name="decide-licence"
      title={t(`agencies.${decision}Title`, { name: agency.name })}
      submitText={t(`agencies.${decision}`)}
      danger={decision !== 'lift'}
      onClose={onClose}
      onDone={refetch}
      onClash={refetch}
      onSubmit={({ reason, article }) =>
        decide({
          id: agency.id,
          version: agency.version,
          input: { reason: reason.trim(), article: article.trim() },
        })
      }
    >
      <p>{t(`agencies.${decision}Text`)}</p>
      <Reason max={1000} />
      <Form.Item
        name="article"
        label={t('form.article')}
        extra={t('agencies.articleHint')}
        rules={required(t('form.article'))}
      >
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  );
}
