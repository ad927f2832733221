import { Alert, Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useClient, useQuery } from 'urql';
import { useT } from '../app/i18n';
import { faultMessage } from '../app/outcome';
import { AccountNamesDocument, ExplainDocument, type ExplainQuery, RolesDocument } from '../gql/graphql';
import { useFormat } from '../kit/format';
import { Page } from '../kit/page';
import { useRequired } from '../kit/rules';

interface Values {
  accountId: string;
  action: string;
  objectId?: string;
}

/** Why somebody may or may not do something (为什么能/不能), in words and by which line of the policy. */
export function ExplainAccess() {
  const t = useT();
  const format = useFormat();
  const required = useRequired();
  const client = useClient();
  const [search, setSearch] = useState('');
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<ExplainQuery['explainAccess'] | string | null>(null);
  const [{ data: names }] = useQuery({ query: AccountNamesDocument, variables: { search: search || null } });
  const [{ data: roles }] = useQuery({ query: RolesDocument });
  const actions = [...new Set((roles?.roles ?? []).flatMap((r) => r.actions))].sort();

  const ask = async ({ accountId, action, objectId }: Values) => {
    setBusy(true);
    const { data, error } = await client
      .query(
        ExplainDocument,
        { accountId, action, objectId: objectId?.trim() || null },
        { requestPolicy: 'network-only' },
      )
      .toPromise();
    setBusy(false);
    setAnswer(error ? faultMessage(error) : (data?.explainAccess ?? t('access.unknown')));
  };

  return (
    <Page title={t('access.title')} lead={t('access.lead')}>
      <section className="card" aria-label={t('access.title')}>
        <Form<Values> name="explain" layout="vertical" requiredMark={false} onFinish={(values) => void ask(values)}>
          <div className="filter-grid">
            <Form.Item
              name="accountId"
              label={t(names?.accounts ? 'access.who' : 'access.whoId')}
              rules={required(t('access.who'))}
            >
              {names?.accounts ? (
                <Select
                  showSearch={{ filterOption: false, onSearch: setSearch }}
                  options={(names?.accounts?.edges ?? []).map(({ node }) => ({
                    value: node.id,
                    label: `${node.displayName}（${node.username}）`,
                  }))}
                />
              ) : (
                <Input />
              )}
            </Form.Item>
            <Form.Item name="action" label={t('access.action')} rules={required(t('access.action'))}>
              {actions.length > 0 ? (
                <Select
                  showSearch={{ optionFilterProp: 'label' }}
                  options={actions.map((value) => ({ value, label: value }))}
                />
              ) : (
                <Input placeholder="market.list" />
              )}
            </Form.Item>
            <Form.Item name="objectId" label={t('access.object')} extra={t('access.objectHint')}>
              <Input />
            </Form.Item>
          </div>
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('access.ask')}
          </Button>
        </Form>
      </section>
      <div role="status">
        {typeof answer === 'string' ? <Alert type="error" showIcon title={answer} /> : null}
        {answer && typeof answer === 'object' ? (
          <Alert
            type={answer.allowed ? 'success' : 'warning'}
            showIcon
            title={`${t(answer.allowed ? 'access.allowed' : 'access.refused')} ${answer.reason}`}
            description={
              <>
                <div>{t('access.roles', { roles: format.list(answer.roles) || '—' })}</div>
                {answer.decidedBy ? <code>{answer.decidedBy}</code> : null}
              </>
            }
          />
        ) : null}
      </div>
    </Page>
  );
}
