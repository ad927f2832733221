import { Button, Form, Input, Result } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { Provider } from 'urql';
import { makeClient } from '../app/client';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { AcceptInvitationDocument } from '../gql/graphql';
import { problemsOf } from '../kit/form';
import { LinkButton } from '../kit/link';
import { useRequired } from '../kit/rules';
import { ErrorSummary, type Problem } from '../kit/summary';
import { AuthFrame } from './frame';

/** City and token ride behind `#` (`/admin/accept#city=taiyuan&token=…`): browsers send that to nobody, no log has it. */
function invitation(): { city: string; token: string } {
  const behind = new URLSearchParams(location.hash.slice(1));
  return { city: behind.get('city') ?? '', token: behind.get('token') ?? '' };
}

/** Accept an invitation: choose a user name and a password. */
export function InvitationPage() {
  const t = useT();
  const [{ city, token }] = useState(invitation);
  const client = useMemo(() => makeClient(city || 'platform', 'omit'), [city]);
  useEffect(() => {
    document.title = `${t('invite.title')} · ${t('app.name')}`;
  }, [t]);
  return (
    <Provider value={client}>
      <AuthFrame title={t('invite.title')} lead={t('invite.lead')}>
        <AcceptForm token={city ? token : ''} />
      </AuthFrame>
    </Provider>
  );
}

function AcceptForm({ token }: { token: string }) {
  const t = useT();
  const required = useRequired();
  const [form] = Form.useForm<{ username: string; password: string }>();
  const [problems, setProblems] = useState<Problem[]>(token ? [] : [{ message: t('invite.noToken') }]);
  const [done, setDone] = useState(false);
  const [accept, busy] = useAction(AcceptInvitationDocument);
  const submit = async (values: { username: string; password: string }) => {
    const outcome = await accept({ input: { token, username: values.username.trim(), password: values.password } });
    if (outcome.kind === 'done') setDone(true);
    else setProblems(problemsOf(outcome, 'invitation', form));
  };
  if (done)
    return (
      <Result
        status="success"
        title={t('invite.done')}
        extra={
          <LinkButton to="/sign-in" look="primary">
            {t('auth.title')}
          </LinkButton>
        }
      />
    );
  return (
    <>
      <ErrorSummary problems={problems} />
      <Form
        form={form}
        name="invitation"
        layout="vertical"
        size="large"
        requiredMark={false}
        onFinish={(values) => void submit(values)}
      >
        <Form.Item name="username" label={t('auth.username')} rules={required(t('auth.username'))}>
          <Input autoComplete="username" autoCapitalize="none" maxLength={40} />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('auth.password')}
          extra={t('auth.passwordHint')}
          rules={required(t('auth.password'))}
        >
          <Input type="password" autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={busy} disabled={!token}>
          {t('invite.accept')}
        </Button>
      </Form>
    </>
  );
}
