import { Button, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { BeginTotpEnrolmentDocument, ConfirmTotpEnrolmentDocument } from '../gql/graphql';
import { problemsOf } from '../kit/form';
import { useRequired } from '../kit/rules';
import { Waiting } from '../kit/state';
import { ErrorSummary, type Problem } from '../kit/summary';

/** Bind a one-time-password app (动态口令): scan or type the secret, then prove it with a first code. */
export function TotpEnrolment({ onDone }: { onDone: () => void }) {
  const t = useT();
  const required = useRequired();
  const [form] = Form.useForm<{ code: string }>();
  const [begin] = useAction(BeginTotpEnrolmentDocument);
  const [confirm, busy] = useAction(ConfirmTotpEnrolmentDocument);
  const [offer, setOffer] = useState<{ secret: string; uri: string; qrSvg: string } | null>(null);
  const [problems, setProblems] = useState<Problem[]>([]);

  useEffect(() => {
    let alive = true;
    void begin({}).then((outcome) => {
      if (!alive) return;
      if (outcome.kind === 'done') setOffer(outcome.value);
      else setProblems([{ message: outcome.message }]);
    });
    return () => {
      alive = false;
    };
  }, [begin]);

  const submit = async ({ code }: { code: string }) => {
    const outcome = await confirm({ code: code.trim() });
    if (outcome.kind === 'done') onDone();
    else setProblems(problemsOf(outcome, 'totp', form));
  };

  return (
    <>
      <ErrorSummary problems={problems} />
      {offer ? (
        <>
          <ol className="steps-hint">
            <li>{t('auth.enrol1')}</li>
            <li>{t('auth.enrol2')}</li>
          </ol>
          <img
            className="qr"
            width={200}
            height={200}
            alt={t('auth.qrAlt')}
            src={`data:image/svg+xml;utf8,${encodeURIComponent(offer.qrSvg)}`}
          />
          <p>
            {t('auth.secret')} <code className="secret">{offer.secret.replace(/(.{4})/g, '$1 ').trim()}</code>
          </p>
          <Form
            form={form}
            name="totp"
            layout="vertical"
            requiredMark={false}
            onFinish={(values) => void submit(values)}
          >
            <Form.Item name="code" label={t('auth.totp')} rules={required(t('auth.totp'))}>
              <Input inputMode="numeric" autoComplete="one-time-code" maxLength={8} />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={busy}>
              {t('auth.confirm')}
            </Button>
          </Form>
        </>
      ) : problems.length === 0 ? (
        <Waiting />
      ) : null}
    </>
  );
}
