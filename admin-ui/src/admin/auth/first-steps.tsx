import { Button } from 'antd';
import { useT } from '../app/i18n';
import { useSession } from '../app/session';
import { useSignOut } from '../app/user-menu';
import { AuthFrame } from './frame';
import { PasswordForm } from './password';
import { TotpEnrolment } from './totp';

/** What the server asks for before anything else: a password of one's own, then a second factor. */
export function FirstSteps() {
  const t = useT();
  const { viewer, reload } = useSession();
  const signOut = useSignOut();
  const password = viewer.mustChangePassword;
  return (
    <AuthFrame
      title={t(password ? 'auth.newPassword' : 'auth.enrol')}
      lead={t(password ? 'auth.newPasswordLead' : 'auth.enrolLead')}
    >
      {password ? <PasswordForm onDone={reload} /> : <TotpEnrolment onDone={reload} />}
      <Button type="link" block onClick={() => void signOut()}>
        {t('user.signOut')}
      </Button>
    </AuthFrame>
  );
}
