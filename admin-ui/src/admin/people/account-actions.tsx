import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useT } from '../app/i18n';
import { type Outcome, useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  type AccountPageQuery,
  DisableAccountDocument,
  EnableAccountDocument,
  ResetTotpDocument,
} from '../gql/graphql';
import { useTell } from '../kit/feedback';
import { FormDialog } from '../kit/form';

interface Props {
  account: NonNullable<AccountPageQuery['account']>;
  refetch: () => void;
}

type Asking = 'disable' | 'resetTotp';

/** Lock an account out or let it in again, and take away a second factor that was lost; both say why. */
export function AccountActions({ account, refetch }: Props) {
  const t = useT();
  const tell = useTell();
  const { can, viewer } = useSession();
  const [asking, setAsking] = useState<Asking | null>(null);
  const [disable] = useAction(DisableAccountDocument);
  const [reset] = useAction(ResetTotpDocument);
  const [enable, enabling] = useAction(EnableAccountDocument);
  if (viewer.account.id === account.id) return null;
  const { id, version, status } = account;
  const out = status === 'DISABLED' || status === 'LOCKED';

  const letIn = async () => {
    tell(await enable({ id, version }), t('accounts.enabled'));
    refetch();
  };
  const run = (reason: string): Promise<Outcome<unknown>> =>
    asking === 'disable' ? disable({ id, version, reason }) : reset({ id, version, reason });

  return (
    <>
      {account.totpEnabled && can('account.reset_totp') ? (
        <Button onClick={() => setAsking('resetTotp')}>{t('accounts.resetTotp')}</Button>
      ) : null}
      {out && can('account.enable') ? (
        <Button loading={enabling} onClick={() => void letIn()}>
          {t(status === 'LOCKED' ? 'accounts.unlock' : 'accounts.enable')}
        </Button>
      ) : null}
      {!out && can('account.disable') ? (
        <Button danger onClick={() => setAsking('disable')}>
          {t('accounts.disable')}
        </Button>
      ) : null}
      {asking ? (
        <FormDialog<{ reason: string }>
          name="account-action"
          open
          danger
          title={t(`accounts.${asking}Title`, { name: account.displayName })}
          submitText={t(`accounts.${asking}`)}
          onClose={() => setAsking(null)}
          onDone={refetch}
          onSubmit={({ reason }) => run(reason.trim())}
        >
          <p>{t(`accounts.${asking}Text`)}</p>
          <Form.Item
            name="reason"
            label={t('form.reason')}
            rules={[{ required: true, whitespace: true, message: t('form.required', { field: t('form.reason') }) }]}
          >
            <Input.TextArea rows={3} maxLength={300} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </>
  );
}
