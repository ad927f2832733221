import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { useSession } from '../app/session';
import { RolesDocument } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { Page } from '../kit/page';
import { Loaded } from '../kit/state';
import { DataTable } from '../kit/table';
import { PolicyLines } from './policy-lines';

interface Row {
  action: string;
  title: string;
  [role: string]: string | boolean;
}

/** Which role may do what (角色权限表): one line an action, one column a role. */
export function Roles() {
  const t = useT();
  const { can } = useSession();
  const query = useQuery({ query: RolesDocument });
  return (
    <Page title={t('roles.title')} lead={t('roles.lead')}>
      <Loaded query={query}>
        {({ roles }) => {
          const list = roles ?? [];
          const titles = new Map(list.flatMap((r) => r.actions.map(({ name, title }) => [name, title])));
          const rows = [...titles.keys()].sort().map<Row>((action) => ({
            action,
            title: titles.get(action) ?? action,
            ...Object.fromEntries(list.map((r) => [r.name, r.actions.some(({ name }) => name === action)])),
          }));
          return (
            <>
              <div className="role-cards">
                {list.map((role) => (
                  <div key={role.name} className="card">
                    <b>{role.title}</b>
                    <div className="soft">{role.name}</div>
                    {role.exclusiveGroup ? <Chip tone="warn">{t('roles.exclusive')}</Chip> : null}
                    <div className="soft">{t('roles.actions', { n: role.actions.length })}</div>
                  </div>
                ))}
              </div>
              {can('policy.read') ? (
                <PolicyLines roles={[...list]} onChanged={() => query[1]({ requestPolicy: 'network-only' })} />
              ) : null}
              <h2>{t('roles.matrix')}</h2>
              <DataTable<Row>
                rowKey="action"
                dataSource={rows}
                size="small"
                bordered
                matrix
                scroll={{ x: 230 + list.length * 128 }}
                columns={[
                  {
                    title: t('roles.action'),
                    dataIndex: 'title',
                    fixed: 'left',
                    width: 230,
                    render: (title: string, { action }) => (
                      <>
                        {title}
                        <div className="soft">
                          <code>{action}</code>
                        </div>
                      </>
                    ),
                  },
                  ...list.map((role) => ({
                    title: role.title,
                    dataIndex: role.name,
                    align: 'center' as const,
                    render: (may: boolean) =>
                      may ? <span className="may">✓ {t('roles.may')}</span> : <span className="soft">—</span>,
                  })),
                ]}
              />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
