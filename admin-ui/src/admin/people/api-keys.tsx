import { Button, Checkbox, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  ApiKeysDocument,
  type ApiKeysQuery,
  CreateApiKeyDocument,
  type CreateApiKeyInput,
  RevokeApiKeyDocument,
  RolesDocument,
} from '../gql/graphql';
import { Chip } from '../kit/chip';
import { ConfirmButton } from '../kit/confirm';
import { useTell } from '../kit/feedback';
import { FormDialog } from '../kit/form';
import { useFormat } from '../kit/format';
import { Page } from '../kit/page';
import { Paged } from '../kit/paged';
import { PAGE_SIZE, usePages } from '../kit/pager';
import { atLeastOne, useRequired } from '../kit/rules';
import { SecretOnce } from '../kit/secret';
import { Nothing } from '../kit/state';
import { DataTable } from '../kit/table';

type Row = NonNullable<ApiKeysQuery['apiKeys']>['edges'][number]['node'];

/** What an action is called, as the page of roles says it; front-end teams, who may not read that page, have their own few in words. */
function useTitles(): (scope: string) => string {
  const term = useTerm();
  const { can } = useSession();
  const [{ data }] = useQuery({ query: RolesDocument, pause: !can('account.read') });
  const titles = new Map((data?.roles ?? []).flatMap((role) => role.actions.map((a) => [a.name, a.title] as const)));
  return (scope) => titles.get(scope) ?? term('keyScope', scope);
}

/** API keys (接口密钥) for front-end teams; a secret is shown once and never again. The security administrator sees and revokes all of them, and makes none. */
export function ApiKeys() {
  const t = useT();
  const { can } = useSession();
  const pages = usePages();
  const [creating, setCreating] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const titleOf = useTitles();
  const query = useQuery({ query: ApiKeysDocument, variables: { first: PAGE_SIZE, after: pages.after } });
  const refetch = () => query[1]({ requestPolicy: 'network-only' });
  return (
    <Page
      title={t('keys.title')}
      lead={t('keys.lead')}
      actions={
        can('apikey.manage') ? (
          <Button type="primary" onClick={() => setCreating(true)}>
            {t('keys.create')}
          </Button>
        ) : null
      }
    >
      <Paged query={query} pages={pages} of={(data) => data.apiKeys}>
        {(rows, _, { apiScopes }) => (
          <>
            <KeyTable rows={rows} titleOf={titleOf} refetch={refetch} />
            {creating ? (
              <CreateDialog
                scopes={apiScopes ?? []}
                titleOf={titleOf}
                onClose={() => setCreating(false)}
                onCreated={setSecret}
                refetch={refetch}
              />
            ) : null}
          </>
        )}
      </Paged>
      {secret ? (
        <SecretOnce
          title={t('keys.secretTitle')}
          hint={t('keys.secretOnce')}
          secret={secret}
          onClose={() => setSecret(null)}
        />
      ) : null}
    </Page>
  );
}

function KeyTable({
  rows,
  titleOf,
  refetch,
}: {
  rows: Row[];
  titleOf: (scope: string) => string;
  refetch: () => void;
}) {
  const t = useT();
  const format = useFormat();
  const tell = useTell();
  const { can, viewer } = useSession();
  const everybody = can('apikey.revoke');
  const [revoke] = useAction(RevokeApiKeyDocument);
  return (
    <DataTable<Row>
      rowKey="id"
      dataSource={rows}
      scroll={{ x: 900 }}
      locale={{ emptyText: <Nothing text={t('keys.none')} /> }}
      columns={[
        {
          title: t('keys.label'),
          render: (_, k) => (
            <>
              <b>{k.label}</b>
              <div className="soft">
                <code>{k.prefix}…</code>
              </div>
            </>
          ),
        },
        ...(everybody ? [{ title: t('keys.owner'), dataIndex: 'owner' }] : []),
        { title: t('keys.scopes'), render: (_, k) => format.list(k.scopes.map(titleOf)) },
        { title: t('keys.origins'), render: (_, k) => format.list(k.origins) || t('keys.anyOrigin') },
        { title: t('keys.expires'), render: (_, k) => (k.expiresAt ? format.date(k.expiresAt) : t('keys.never')) },
        { title: t('keys.used'), render: (_, k) => format.dateTime(k.lastUsedAt) },
        {
          title: t('parts.actions'),
          render: (_, k) =>
            k.revokedAt ? (
              <Chip>{t('keys.revoked')}</Chip>
            ) : everybody || k.owner === viewer.account.username ? (
              <ConfirmButton
                ask={t('keys.revokeAsk', { label: k.label })}
                text={t('keys.revoke')}
                label={t('keys.revokeOne', { label: k.label })}
                onConfirm={async () => {
                  tell(await revoke({ id: k.id }), t('keys.revoked'));
                  refetch();
                }}
              />
            ) : null,
        },
      ]}
    />
  );
}

interface CreateProps {
  scopes: readonly string[];
  titleOf: (scope: string) => string;
  onClose: () => void;
  onCreated: (secret: string) => void;
  refetch: () => void;
}

function CreateDialog({ scopes, titleOf, onClose, onCreated, refetch }: CreateProps) {
  const t = useT();
  const required = useRequired();
  const [create] = useAction(CreateApiKeyDocument);
  const submit = async ({ label, scopes: chosen, origins, expiresAt }: CreateApiKeyInput) => {
    const input = {
      label,
      scopes: chosen,
      origins: origins ?? [],
      expiresAt: expiresAt ? `${expiresAt}T23:59:59+08:00` : null,
    };
    const outcome = await create({ input });
    if (outcome.kind === 'done') {
      onCreated(outcome.value.secret);
      refetch();
    }
    return outcome;
  };
  return (
    <FormDialog<CreateApiKeyInput>
      name="api-key"
      title={t('keys.create')}
      initial={{ scopes: [], origins: [] }}
      onClose={onClose}
      onSubmit={submit}
    >
      <Form.Item name="label" label={t('keys.label')} rules={required(t('keys.label'))}>
        <Input maxLength={60} placeholder={t('keys.labelHint')} />
      </Form.Item>
      <Form.Item name="scopes" label={t('keys.scopes')} rules={[atLeastOne(t('keys.scopesMissing'))]}>
        <Checkbox.Group
          className="scopes"
          options={scopes.map((value) => ({
            value,
            label: (
              <>
                {titleOf(value)} <code className="soft">{value}</code>
              </>
            ),
          }))}
        />
      </Form.Item>
      <Form.Item name="origins" label={t('keys.origins')} extra={t('keys.originsHint')}>
        <Select mode="tags" tokenSeparators={[' ', ',']} placeholder="https://" open={false} suffixIcon={null} />
      </Form.Item>
      <Form.Item name="expiresAt" label={t('keys.expires')}>
        <Input type="date" />
      </Form.Item>
    </FormDialog>
  );
}
