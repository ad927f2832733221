import { getRouteApi } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  AccountPageDocument,
  type AccountPageQuery,
  AssignRoleDocument,
  type AssignRoleInput,
  WithdrawRoleDocument,
} from '../gql/graphql';
import { Chip } from '../kit/chip';
import { Fact, Facts } from '../kit/facts';
import { useTell } from '../kit/feedback';
import { FormDialog } from '../kit/form';
import { useFormat } from '../kit/format';
import { Found } from '../kit/found';
import { Page } from '../kit/page';
import { PartList } from '../kit/parts';
import { AccountActions } from './account-actions';
import { AmendAccount } from './amend-account';
import { PersonalActions } from './personal-actions';
import { Masked } from './reveal';
import { RoleInScope } from './scope';
import { ACCOUNT_TONES } from './tones';

const route = getRouteApi('/$slug/accounts/$id');
type Account = NonNullable<AccountPageQuery['account']>;
type Held = Account['roles'][number];

/** One account: its roles in their scopes, and whether it may sign in. */
export function AccountDetail() {
  const { id } = route.useParams();
  const { can } = useSession();
  const query = useQuery({ query: AccountPageDocument, variables: { id } });
  const refetch = () => query[1]({ requestPolicy: 'network-only' });
  return (
    <Found query={query} of={(data) => data.account}>
      {(account) => (
        <Page
          title={account.displayName}
          lead={account.username}
          actions={
            <>
              {can('account.amend') && account.status !== 'ERASED' ? (
                <AmendAccount account={account} refetch={refetch} />
              ) : null}
              <PersonalActions account={account} refetch={refetch} />
              <AccountActions account={account} refetch={refetch} />
            </>
          }
        >
          <AccountFacts account={account} />
          <RolesHeld account={account} refetch={refetch} />
        </Page>
      )}
    </Found>
  );
}

function AccountFacts({ account }: { account: Account }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { can } = useSession();
  const email = account.emailMasked;
  const facts: [string, React.ReactNode][] = [
    [
      t('accounts.status'),
      <Chip key="status" tone={ACCOUNT_TONES[account.status] ?? 'plain'}>
        {term('accountStatus', account.status)}
      </Chip>,
    ],
    [t('accounts.department'), term('department', account.department) || '—'],
    [
      t('accounts.email'),
      email && can('account.reveal') ? (
        <Masked key="email" id={account.id} field="EMAIL" masked={email} />
      ) : (
        (email ?? '—')
      ),
    ],
    [t('accounts.lang'), term('letterLang', account.lang)],
    [t('accounts.totp'), t(account.totpEnabled ? 'accounts.bound' : 'accounts.unbound')],
    [t('accounts.lastSignIn'), format.dateTime(account.lastSignInAt)],
    [t('accounts.created'), format.date(account.createdAt)],
  ];
  return (
    <Facts>
      {facts.map(([label, value]) => (
        <Fact key={label} label={label}>
          {value}
        </Fact>
      ))}
    </Facts>
  );
}

function RolesHeld({ account, refetch }: { account: Account; refetch: () => void }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { can } = useSession();
  return (
    <>
      <PartList<Held>
        title={t('accounts.roles')}
        rows={account.roles}
        empty={t('accounts.noRoles')}
        nameOf={(r) => r.role.title}
        refetch={refetch}
        columns={[
          { title: t('accounts.role'), render: (_, r) => r.role.title },
          {
            title: t('accounts.scope'),
            render: (_, r) => [term('scope', r.scopeKind), r.scopeLabel].filter(Boolean).join(' · '),
          },
          { title: t('accounts.validUntil'), render: (_, r) => format.date(r.validUntil) },
          { title: t('accounts.assignedAt'), render: (_, r) => format.date(r.assignedAt) },
          ...(can('role.withdraw')
            ? [{ title: t('parts.actions'), render: (_: unknown, r: Held) => <Withdraw held={r} refetch={refetch} /> }]
            : []),
        ]}
      />
      {can('role.assign') ? <AssignRole accountId={account.id} refetch={refetch} /> : null}
    </>
  );
}

function Withdraw({ held, refetch }: { held: Held; refetch: () => void }) {
  const t = useT();
  const [withdraw] = useAction(WithdrawRoleDocument);
  const tell = useTell();
  return (
    <Button
      size="small"
      danger
      aria-label={t('accounts.withdrawOne', { role: held.role.title })}
      onClick={() =>
        void withdraw({ id: held.id }).then((outcome) => {
          tell(outcome, t('accounts.withdrawn'));
          refetch();
        })
      }
    >
      {t('accounts.withdraw')}
    </Button>
  );
}

function AssignRole({ accountId, refetch }: { accountId: string; refetch: () => void }) {
  const t = useT();
  const [assign] = useAction(AssignRoleDocument);
  const [adding, setAdding] = useState(false);
  const submit = ({ role, scopeKind, scopeKey, validUntil }: AssignRoleInput) =>
    assign({
      input: { accountId, role, scopeKind, scopeKey: scopeKey ?? null, validUntil: validUntil || null },
    });
  return (
    <>
      <Button style={{ marginTop: 12 }} onClick={() => setAdding(true)}>
        {t('accounts.assign')}
      </Button>
      {adding ? (
        <FormDialog<AssignRoleInput>
          name="assign"
          title={t('accounts.assign')}
          initial={{ scopeKind: 'CITY' }}
          onClose={() => setAdding(false)}
          onDone={refetch}
          onSubmit={submit}
        >
          <RoleInScope />
          <Form.Item name="validUntil" label={t('accounts.validUntil')} extra={t('accounts.validUntilHint')}>
            <Input type="date" />
          </Form.Item>
        </FormDialog>
      ) : null}
    </>
  );
}
