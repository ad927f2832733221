import { Button } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { MySessionsDocument, type MySessionsQuery, RevokeSessionDocument } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { deviceOf } from '../kit/device';
import { useTell } from '../kit/feedback';
import { useFormat } from '../kit/format';
import { Page } from '../kit/page';
import { Loaded } from '../kit/state';
import { DataTable } from '../kit/table';
import { OwnCopy } from '../people/personal-actions';
import { PasswordForm } from './password';
import { TotpEnrolment } from './totp';

type Row = NonNullable<MySessionsQuery['mySessions']>[number];

/** One's own account: where one is signed in, the password, the second factor. */
export function Profile() {
  const t = useT();
  const { viewer, reload } = useSession();
  const { message } = useSaid();
  const [enrolling, setEnrolling] = useState(false);
  return (
    <Page title={t('profile.title')} lead={`${viewer.account.displayName} · ${viewer.account.username}`}>
      <section className="card narrow" aria-labelledby="totp">
        <h2 id="totp">{t('profile.totp')}</h2>
        <p>{t(viewer.account.totpEnabled ? 'profile.totpOn' : 'profile.totpOff')}</p>
        {enrolling ? (
          <TotpEnrolment
            onDone={() => {
              setEnrolling(false);
              message(t('auth.enrolled'));
              reload();
            }}
          />
        ) : viewer.account.totpEnabled ? null : (
          <Button onClick={() => setEnrolling(true)}>{t('profile.bind')}</Button>
        )}
      </section>
      <section className="card narrow" aria-labelledby="password-title">
        <h2 id="password-title">{t('auth.changePassword')}</h2>
        <PasswordForm
          onDone={() => {
            message(t('auth.passwordChanged'));
            reload();
          }}
        />
      </section>
      <Sessions />
      <OwnCopy />
    </Page>
  );
}

function useSaid() {
  const tell = useTell();
  return { message: (text: string) => tell({ kind: 'done', value: null }, text) };
}

function Sessions() {
  const t = useT();
  const format = useFormat();
  const tell = useTell();
  const query = useQuery({ query: MySessionsDocument });
  const [revoke] = useAction(RevokeSessionDocument);
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">{t('profile.sessions')}</h2>
      <Loaded query={query}>
        {({ mySessions }) => (
          <DataTable<Row>
            rowKey="id"
            dataSource={mySessions ?? []}
            scroll={{ x: 700 }}
            className="gap"
            columns={[
              {
                title: t('profile.device'),
                render: (_, s) => (
                  <>
                    <span title={s.userAgent ?? ''}>{deviceOf(s.userAgent)}</span>{' '}
                    {s.current ? <Chip tone="good">{t('profile.current')}</Chip> : null}
                  </>
                ),
              },
              { title: t('profile.from'), render: (_, s) => s.ipMasked ?? '—' },
              { title: t('profile.since'), className: 'nowrap', render: (_, s) => format.dateTime(s.createdAt) },
              { title: t('profile.used'), className: 'nowrap', render: (_, s) => format.dateTime(s.lastUsedAt) },
              { title: t('profile.expires'), className: 'nowrap', render: (_, s) => format.dateTime(s.expiresAt) },
              {
                title: t('parts.actions'),
                render: (_, s) =>
                  s.current ? null : (
                    <Button
                      size="small"
                      danger
                      aria-label={t('profile.revokeOne', { device: deviceOf(s.userAgent) })}
                      onClick={() =>
                        void revoke({ id: s.id }).then((outcome) => {
                          tell(outcome, t('profile.revoked'));
                          query[1]({ requestPolicy: 'network-only' });
                        })
                      }
                    >
                      {t('profile.revoke')}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
    </section>
  );
}
