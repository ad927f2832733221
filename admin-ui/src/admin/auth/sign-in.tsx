import { useNavigate, useRouter } from '@tanstack/react-router';
import { Button, Form, Input, Select } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Provider, useQuery } from 'urql';
import { headers, makeClient } from '../app/client';
import { useDisplay } from '../app/display';
import { useT } from '../app/i18n';
import { type Outcome, readOutcome } from '../app/outcome';
import { SignInCitiesDocument, SignInDocument } from '../gql/graphql';
import { problemsOf } from '../kit/form';
import { useRequired } from '../kit/rules';
import { ErrorSummary, type Problem } from '../kit/summary';
import { AuthFrame } from './frame';

interface Values {
  city: string;
  username: string;
  password: string;
  totp?: string;
}

const SLUG = 'yizhan.slug';
export const rememberedSlug = () => sessionStorage.getItem(SLUG);

export function SignInPage() {
  const t = useT();
  const platform = useMemo(() => makeClient('platform', 'omit'), []);
  useEffect(() => {
    document.title = `${t('auth.title')} · ${t('app.name')}`;
  }, [t]);
  return (
    <Provider value={platform}>
      <AuthFrame title={t('auth.title')} lead={t('auth.lead')}>
        <SignInForm />
      </AuthFrame>
    </Provider>
  );
}

/** The token goes straight into an HttpOnly cookie and is forgotten here. */
async function keepSession(slug: string, token: string): Promise<boolean> {
  const response = await fetch(`/${slug}/session`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { ...headers(), 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  }).catch(() => null);
  return response?.ok ?? false;
}

function SignInForm() {
  const t = useT();
  const required = useRequired();
  const navigate = useNavigate();
  const router = useRouter();
  const { language } = useDisplay();
  const [form] = Form.useForm<Values>();
  const [problems, setProblems] = useState<Problem[]>([]);
  const [totp, setTotp] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const totpInput = useRef<HTMLInputElement>(null);
  const [{ data }] = useQuery({ query: SignInCitiesDocument });
  const places = data ? [...(data.cities ?? []), data.city] : [];
  const cities = places.map((c) => ({ value: c.slug, label: language === 'en' ? c.nameEn : c.nameZh }));

  useEffect(() => {
    if (totp !== null) totpInput.current?.focus();
  }, [totp]);

  const submit = async ({ city, username, password, totp: code }: Values) => {
    setBusy(true);
    setProblems([]);
    const outcome = readOutcome(
      await makeClient(city, 'omit')
        .mutation(SignInDocument, { input: { username: username.trim(), password, totp: code?.trim() || null } })
        .toPromise(),
    );
    if (outcome.kind === 'done' && outcome.value.__typename === 'TotpRequired') setTotp(outcome.value.message);
    else if (outcome.kind === 'done' && outcome.value.__typename === 'SignedIn') await enter(city, outcome.value.token);
    else {
      form.setFieldValue('totp', '');
      setProblems(problemsOf(outcome as Outcome<unknown>, 'sign-in', form));
    }
    setBusy(false);
  };

  const enter = async (city: string, token: string) => {
    if (!(await keepSession(city, token))) {
      setProblems([{ message: t('fault.offline') }]);
      return;
    }
    sessionStorage.setItem(SLUG, city);
    const back = new URLSearchParams(location.search).get('back') ?? '';
    // Only ever a page of the city just signed in to: never another site.
    if (new RegExp(`^/admin/${city}(/|\\?|$)`).test(back)) router.history.push(back);
    else await navigate({ to: '/$slug', params: { slug: city } });
  };

  return (
    <>
      <ErrorSummary problems={problems} />
      <Form<Values>
        form={form}
        name="sign-in"
        layout="vertical"
        size="large"
        requiredMark={false}
        initialValues={{ city: rememberedSlug() ?? undefined }}
        onFinish={(values) => void submit(values)}
      >
        <Form.Item name="city" label={t('auth.city')} rules={[{ required: true, message: t('auth.cityMissing') }]}>
          <Select
            options={cities}
            placeholder={t('auth.cityHint')}
            showSearch={{ optionFilterProp: 'label' }}
            disabled={totp !== null}
          />
        </Form.Item>
        <Form.Item name="username" label={t('auth.username')} rules={required(t('auth.username'))}>
          <Input autoComplete="username" autoCapitalize="none" disabled={totp !== null} />
        </Form.Item>
        <Form.Item name="password" label={t('auth.password')} rules={required(t('auth.password'))}>
          <Input type="password" autoComplete="current-password" disabled={totp !== null} />
        </Form.Item>
        {totp !== null ? (
          <>
            <p role="status" className="totp-hint">
              {totp}
            </p>
            <Form.Item name="totp" label={t('auth.totp')} rules={required(t('auth.totp'))}>
              <Input
                ref={(input) => {
                  totpInput.current = input?.input ?? null;
                }}
                inputMode="numeric"
                autoComplete="one-time-code"
                maxLength={8}
              />
            </Form.Item>
          </>
        ) : null}
        <Button type="primary" htmlType="submit" block loading={busy}>
          {t('auth.enter')}
        </Button>
        {totp !== null ? (
          <Button type="link" block onClick={() => setTotp(null)}>
            {t('auth.other')}
          </Button>
        ) : null}
      </Form>
    </>
  );
}
