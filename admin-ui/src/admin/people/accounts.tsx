import { Link } from '@tanstack/react-router';
import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  type AccountStatus,
  AccountsDocument,
  type AccountsQuery,
  InviteAccountDocument,
  type InviteAccountInput,
  RolesDocument,
} from '../gql/graphql';
import { Chip } from '../kit/chip';
import { TermSelect } from '../kit/choice';
import { useTell } from '../kit/feedback';
import { FormDialog } from '../kit/form';
import { useFormat } from '../kit/format';
import { Labelled } from '../kit/labelled';
import { Page } from '../kit/page';
import { Paged } from '../kit/paged';
import { PAGE_SIZE, usePages } from '../kit/pager';
import { useRequired } from '../kit/rules';
import { Nothing } from '../kit/state';
import { DataTable } from '../kit/table';
import { Invitations } from './invitations';
import { DEPARTMENTS, RoleInScope } from './scope';
import { ACCOUNT_TONES } from './tones';

type Row = NonNullable<AccountsQuery['accounts']>['edges'][number]['node'];

/** Accounts (账号) of the city, who was invited, and a new invitation. */
export function Accounts() {
  const t = useT();
  const { can } = useSession();
  const [search, setSearch] = useState('');
  const [status, setStatus] = useState<string | undefined>();
  const [role, setRole] = useState<string | undefined>();
  const [inviting, setInviting] = useState(false);
  const [sent, setSent] = useState(0);
  const filter = { search: search || null, status: (status ?? null) as AccountStatus | null, role: role ?? null };
  const pages = usePages(JSON.stringify(filter));
  const [{ data: roles }] = useQuery({ query: RolesDocument });
  const query = useQuery({ query: AccountsDocument, variables: { first: PAGE_SIZE, after: pages.after, filter } });
  return (
    <Page
      title={t('accounts.title')}
      actions={
        can('account.invite') ? (
          <Button type="primary" onClick={() => setInviting(true)}>
            {t('accounts.invite')}
          </Button>
        ) : null
      }
    >
      <search className="filters gap">
        <div className="filter-grid">
          <Labelled text={t('accounts.search')}>
            {(id) => <Input.Search id={id} allowClear onSearch={(q) => setSearch(q.trim())} />}
          </Labelled>
          <Labelled text={t('accounts.status')}>
            {(id) => (
              <TermSelect
                id={id}
                group="accountStatus"
                values={['INVITED', 'ACTIVE', 'LOCKED', 'DISABLED', 'ERASED']}
                value={status}
                allowClear
                placeholder={t('choice.any')}
                onChange={setStatus}
              />
            )}
          </Labelled>
          <Labelled text={t('accounts.role')}>
            {(id) => (
              <Select<string>
                id={id}
                allowClear
                placeholder={t('choice.any')}
                {...(role ? { value: role } : {})}
                onChange={(v) => setRole(v)}
                options={(roles?.roles ?? []).map((r) => ({ value: r.name, label: r.title }))}
                style={{ width: '100%' }}
              />
            )}
          </Labelled>
        </div>
      </search>
      <Paged query={query} pages={pages} of={(data) => data.accounts}>
        {(rows) => <AccountTable rows={rows} />}
      </Paged>
      <Invitations key={sent} />
      {inviting ? <InviteDialog onClose={() => setInviting(false)} onDone={() => setSent((n) => n + 1)} /> : null}
    </Page>
  );
}

function AccountTable({ rows }: { rows: Row[] }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { slug } = useSession();
  return (
    <DataTable<Row>
      rowKey="id"
      dataSource={rows}
      scroll={{ x: 860 }}
      locale={{ emptyText: <Nothing text={t('accounts.none')} /> }}
      columns={[
        {
          title: t('accounts.name'),
          render: (_, a) => (
            <>
              <Link to="/$slug/accounts/$id" params={{ slug, id: a.id }} className="strong">
                {a.displayName}
              </Link>
              <div className="soft">{a.username}</div>
            </>
          ),
        },
        {
          title: t('accounts.status'),
          render: (_, a) => <Chip tone={ACCOUNT_TONES[a.status] ?? 'plain'}>{term('accountStatus', a.status)}</Chip>,
        },
        { title: t('accounts.department'), render: (_, a) => term('department', a.department) || '—' },
        {
          title: t('accounts.roles'),
          render: (_, a) =>
            a.roles.length ? (
              <ul className="bare">
                {a.roles.map((r) => (
                  <li key={r.id}>
                    {r.role.title} <span className="soft">{r.scopeLabel ?? term('scope', r.scopeKind)}</span>
                  </li>
                ))}
              </ul>
            ) : (
              '—'
            ),
        },
        { title: t('accounts.totp'), render: (_, a) => t(a.totpEnabled ? 'accounts.bound' : 'accounts.unbound') },
        { title: t('accounts.lastSignIn'), className: 'nowrap', render: (_, a) => format.dateTime(a.lastSignInAt) },
      ]}
    />
  );
}

function InviteDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const t = useT();
  const tell = useTell();
  const [invite] = useAction(InviteAccountDocument);
  const required = useRequired();
  return (
    <FormDialog<InviteAccountInput>
      name="invite"
      title={t('accounts.invite')}
      submitText={t('accounts.send')}
      initial={{ scopeKind: 'CITY' }}
      onClose={onClose}
      onDone={(outcome) => {
        tell(outcome, t('accounts.sent'));
        onDone();
      }}
      onSubmit={(values) =>
        invite({
          input: {
            ...values,
            email: values.email.trim(),
            scopeKey: values.scopeKey ?? null,
            department: values.department ?? null,
          },
        })
      }
    >
      <p>{t('accounts.inviteText')}</p>
      <Form.Item name="email" label={t('accounts.email')} rules={required(t('accounts.email'))}>
        <Input type="email" maxLength={120} />
      </Form.Item>
      <Form.Item name="displayName" label={t('accounts.displayName')} rules={required(t('accounts.displayName'))}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="department" label={t('accounts.department')}>
        <TermSelect group="department" values={DEPARTMENTS} allowClear />
      </Form.Item>
      <RoleInScope />
    </FormDialog>
  );
}
