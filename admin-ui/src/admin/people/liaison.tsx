import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { LiaisonPageDocument, type LiaisonPageQuery, SetLiaisonDocument, type SetLiaisonInput } from '../gql/graphql';
import { Fact, Facts } from '../kit/facts';
import { FormDialog } from '../kit/form';
import { useFormat } from '../kit/format';
import { Page } from '../kit/page';
import { useRequired } from '../kit/rules';
import { Loaded, Nothing } from '../kit/state';
import { DataTable } from '../kit/table';
import { useLiaisonValue } from './liaison-value';

type Past = NonNullable<LiaisonPageQuery['liaisonHistory']>[number];

/** The city's liaison (工作对接人), kept with its history; the province is told of every change. */
export function LiaisonPage() {
  const t = useT();
  const format = useFormat();
  const { can } = useSession();
  const show = useLiaisonValue();
  const [open, setOpen] = useState(false);
  const query = useQuery({ query: LiaisonPageDocument });
  const refetch = () => query[1]({ requestPolicy: 'network-only' });
  const [set] = useAction(SetLiaisonDocument);
  const required = useRequired();
  return (
    <Page
      title={t('liaison.title')}
      lead={t('liaison.lead')}
      actions={
        can('liaison.set') ? (
          <Button type="primary" onClick={() => setOpen(true)}>
            {t('liaison.change')}
          </Button>
        ) : null
      }
    >
      <Loaded query={query}>
        {({ liaison, liaisonHistory }) => (
          <>
            {liaison ? (
              <Facts>
                {(['name', 'unit', 'position', 'phone', 'email'] as const).map((field) => (
                  <Fact key={field} label={t(`liaison.${field}`)}>
                    {show(liaison, field)}
                  </Fact>
                ))}
                <Fact label={t('liaison.since')}>{format.date(liaison.validFrom)}</Fact>
              </Facts>
            ) : (
              <Nothing text={t('liaison.none')} />
            )}
            <h2>{t('liaison.history')}</h2>
            <DataTable<Past>
              rowKey="id"
              dataSource={liaisonHistory ?? []}
              scroll={{ x: 760 }}
              locale={{ emptyText: <Nothing text={t('timeline.none')} /> }}
              columns={[
                { title: t('liaison.name'), render: (_, p) => show(p, 'name') },
                { title: t('liaison.unit'), render: (_, p) => `${p.unit} · ${p.position}` },
                { title: t('liaison.phone'), render: (_, p) => show(p, 'phone') },
                {
                  title: t('liaison.term'),
                  render: (_, p) =>
                    `${format.date(p.validFrom)} — ${p.validUntil ? format.date(p.validUntil) : t('liaison.now')}`,
                },
                { title: t('liaison.changedBy'), render: (_, p) => p.changedBy ?? '—' },
              ]}
            />
            {open ? (
              <FormDialog<SetLiaisonInput>
                name="liaison"
                title={t('liaison.change')}
                initial={liaison ? { unit: liaison.unit } : {}}
                onClose={() => setOpen(false)}
                onDone={refetch}
                onClash={refetch}
                onSubmit={(values) =>
                  set({
                    input: { ...values, email: values.email?.trim() || null },
                    version: liaison?.version ?? 0,
                  })
                }
              >
                {(['name', 'unit', 'position', 'phone'] as const).map((field) => (
                  <Form.Item
                    key={field}
                    name={field}
                    label={t(`liaison.${field}`)}
                    rules={required(t(`liaison.${field}`))}
                  >
                    <Input maxLength={60} />
                  </Form.Item>
                ))}
                <Form.Item name="email" label={t('liaison.email')}>
                  <Input type="email" maxLength={120} />
                </Form.Item>
              </FormDialog>
            ) : null}
          </>
        )}
      </Loaded>
    </Page>
  );
}
