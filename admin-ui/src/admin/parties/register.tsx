import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Form } from 'antd';
import { useState } from 'react';
import { useT } from '../app/i18n';
import { type Outcome, useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { RegisterPartyDocument, type RegisterPartyInput } from '../gql/graphql';
import { useTell } from '../kit/feedback';
import { problemsOf, problemsOfFields } from '../kit/form';
import { Page } from '../kit/page';
import { ErrorSummary, type Problem } from '../kit/summary';
import { PartyFields } from './fields';

const NAME = 'party';

const said = (text: string | null | undefined) => text?.trim() || null;

function toInput(v: Partial<RegisterPartyInput>): RegisterPartyInput {
  return {
    kind: v.kind ?? 'ENTERPRISE',
    name: said(v.name),
    uscc: said(v.uscc),
    idNumber: said(v.idNumber),
    contactName: said(v.contactName),
    contactPhone: said(v.contactPhone),
    county: v.county ?? '',
    address: said(v.address),
    marketId: v.marketId ?? null,
    agencyId: v.agencyId ?? null,
  };
}

/** Registers whoever hires at the counter (登记用工主体). Who is registered already is named, with the way there. */
export function PartyNew() {
  const t = useT();
  const tell = useTell();
  const navigate = useNavigate();
  const { slug } = useSession();
  const [form] = Form.useForm<Partial<RegisterPartyInput>>();
  const [problems, setProblems] = useState<Problem[]>([]);
  const [existing, setExisting] = useState<{ id: string; displayName: string } | null>(null);
  const [register, busy] = useAction(RegisterPartyDocument);
  const submit = async () => {
    const outcome = await register({ input: toInput(form.getFieldsValue(true) as Partial<RegisterPartyInput>) });
    if (outcome.kind === 'done') {
      tell(outcome, t('parties.registered'));
      await navigate({ to: '/$slug/parties/$id', params: { slug, id: outcome.value.id } });
      return;
    }
    setExisting(existingOf(outcome));
    setProblems(problemsOf(outcome, NAME, form));
  };
  return (
    <Page title={t('parties.register')} lead={t('parties.registerLead')}>
      <ErrorSummary problems={problems} />
      {existing ? (
        <p>
          <Link to="/$slug/parties/$id" params={{ slug, id: existing.id }}>
            {t('parties.toExisting', { name: existing.displayName })}
          </Link>
        </p>
      ) : null}
      <Form<Partial<RegisterPartyInput>>
        form={form}
        name={NAME}
        layout="vertical"
        requiredMark={false}
        initialValues={{ kind: 'ENTERPRISE' }}
        onFinish={() => void submit()}
        onFinishFailed={({ errorFields }) => setProblems(problemsOfFields(NAME, errorFields as never))}
      >
        <PartyFields />
        <div className="actions form-end">
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('parties.register')}
          </Button>
          <Button onClick={() => void navigate({ to: '/$slug/parties', params: { slug } })}>
            {t('action.cancel')}
          </Button>
        </div>
      </Form>
    </Page>
  );
}

function existingOf(outcome: Outcome<unknown>): { id: string; displayName: string } | null {
  if (outcome.kind !== 'refused') return null;
  return (outcome.refusal.existing as { id: string; displayName: string } | null | undefined) ?? null;
}
