import { Button } from 'antd';
import { useState } from 'react';
import { useT } from '../app/i18n';
import { type Outcome, useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  type AccountPageQuery,
  DisableAccountDocument,
  EnableAccountDocument,
  ResetPasswordDocument,
  ResetTotpDocument,
} from '../gql/graphql';
import { useTell } from '../kit/feedback';
import { ReasonDialog } from '../kit/reason';
import { SecretOnce } from '../kit/secret';

interface Props {
  account: NonNullable<AccountPageQuery['account']>;
  refetch: () => void;
}

type Asking = 'disable' | 'resetTotp' | 'resetPassword';

/** Lock an account out or let it in again, take away a second factor that was lost, replace a forgotten password; each says why. */
export function AccountActions({ account, refetch }: Props) {
  const t = useT();
  const tell = useTell();
  const { can, viewer } = useSession();
  const [asking, setAsking] = useState<Asking | null>(null);
  const [disable] = useAction(DisableAccountDocument);
  const [reset] = useAction(ResetTotpDocument);
  const [resetPassword] = useAction(ResetPasswordDocument);
  const [secret, setSecret] = useState<string | null>(null);
  const [enable, enabling] = useAction(EnableAccountDocument);
  if (viewer.account.id === account.id) return null;
  const { id, version, status } = account;
  const out = status === 'DISABLED' || status === 'LOCKED';
  const gone = status === 'ERASED';

  const letIn = async () => {
    tell(await enable({ id, version }), t('accounts.enabled'));
    refetch();
  };
  const replace = async (reason: string) => {
    const outcome = await resetPassword({ id, version, reason });
    if (outcome.kind !== 'done') return outcome;
    // Where it went by mail there is nothing to hand over.
    if (outcome.value.oneTimePassword) setSecret(outcome.value.oneTimePassword);
    else tell(outcome, t('accounts.passwordMailed'));
    return outcome;
  };
  const acts: Record<Asking, (reason: string) => Promise<Outcome<unknown>>> = {
    disable: (reason) => disable({ id, version, reason }),
    resetTotp: (reason) => reset({ id, version, reason }),
    resetPassword: replace,
  };

  return (
    <>
      {account.totpEnabled && can('account.reset_totp') ? (
        <Button onClick={() => setAsking('resetTotp')}>{t('accounts.resetTotp')}</Button>
      ) : null}
      {status === 'ACTIVE' && can('account.reset_password') ? (
        <Button onClick={() => setAsking('resetPassword')}>{t('accounts.resetPassword')}</Button>
      ) : null}
      {out && can('account.enable') ? (
        <Button loading={enabling} onClick={() => void letIn()}>
          {t(status === 'LOCKED' ? 'accounts.unlock' : 'accounts.enable')}
        </Button>
      ) : null}
      {!out && !gone && can('account.disable') ? (
        <Button danger onClick={() => setAsking('disable')}>
          {t('accounts.disable')}
        </Button>
      ) : null}
      {asking ? (
        <ReasonDialog
          name="account-action"
          title={t(`accounts.${asking}Title`, { name: account.displayName })}
          text={t(`accounts.${asking}Text`)}
          max={200}
          submitText={t(`accounts.${asking}`)}
          onClose={() => setAsking(null)}
          onDone={refetch}
          onSubmit={acts[asking]}
        />
      ) : null}
      {secret ? (
        <SecretOnce
          title={t('accounts.oneTime', { name: account.displayName })}
          hint={t('accounts.oneTimeHint')}
          secret={secret}
          onClose={() => setSecret(null)}
        />
      ) : null}
    </>
  );
}
