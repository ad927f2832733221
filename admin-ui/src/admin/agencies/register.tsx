import { useNavigate } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { type AgencyInput, RegisterAgencyDocument } from '../gql/graphql';
import { useTell } from '../kit/feedback';
import { problemsOf, problemsOfFields } from '../kit/form';
import { Page } from '../kit/page';
import { useRequired } from '../kit/rules';
import { ErrorSummary, type Problem } from '../kit/summary';
import { AgencyFields, toAgencyInput } from './fields';

const NAME = 'agency';
type Values = Partial<AgencyInput> & { licenceNo?: string };

/** Registers an agency by its licence; it counts once somebody has held it against the original. */
export function AgencyNew() {
  const t = useT();
  const tell = useTell();
  const navigate = useNavigate();
  const { slug } = useSession();
  const required = useRequired();
  const [form] = Form.useForm<Values>();
  const [problems, setProblems] = useState<Problem[]>([]);
  const [register, busy] = useAction(RegisterAgencyDocument);
  const submit = async () => {
    const { licenceNo, ...values } = form.getFieldsValue(true) as Values;
    const outcome = await register({ licenceNo: licenceNo?.trim() ?? '', input: toAgencyInput(values) });
    if (outcome.kind === 'done') {
      tell(outcome, t('agencies.isRegistered'));
      await navigate({ to: '/$slug/agencies/$id', params: { slug, id: outcome.value.id } });
    } else setProblems(problemsOf(outcome, NAME, form));
  };
  return (
    <Page title={t('agencies.register')} lead={t('agencies.registerLead')}>
      <ErrorSummary problems={problems} />
      <Form<Values>
        form={form}
        name={NAME}
        layout="vertical"
        requiredMark={false}
        onFinish={() => void submit()}
        onFinishFailed={({ errorFields }) => setProblems(problemsOfFields(NAME, errorFields as never))}
      >
        <section className="card" aria-label={t('agencies.licence')}>
          <Form.Item
            name="licenceNo"
            label={t('agencies.licenceNo')}
            extra={t('agencies.licenceNoHint')}
            rules={required(t('agencies.licenceNo'))}
          >
            <Input maxLength={50} />
          </Form.Item>
          <AgencyFields />
        </section>
        <div className="actions form-end">
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('agencies.register')}
          </Button>
          <Button onClick={() => void navigate({ to: '/$slug/agencies', params: { slug } })}>
            {t('action.cancel')}
          </Button>
        </div>
      </Form>
    </Page>
  );
}
