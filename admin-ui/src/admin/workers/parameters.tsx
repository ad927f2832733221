import { Button, Form, InputNumber } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { SetWorkerParameterDocument, WorkerParametersDocument, type WorkerParametersQuery } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { useTell } from '../kit/feedback';
import { FormDialog } from '../kit/form';
import { useFormat } from '../kit/format';
import { Loaded } from '../kit/state';
import { DataTable } from '../kit/table';

type Row = NonNullable<WorkerParametersQuery['workerParameters']>[number];

/** The city's figures about workers (零工人员参数): how long somebody counts as looking, from which age as older. */
export function Parameters() {
  const t = useT();
  const format = useFormat();
  const { can } = useSession();
  const [editing, setEditing] = useState<Row | null>(null);
  const query = useQuery({ query: WorkerParametersDocument });
  return (
    <Loaded query={query}>
      {({ workerParameters: rows }) => (
        <>
          <DataTable<Row>
            rowKey="parameter"
            aria-label={t('parameters.title')}
            dataSource={rows ?? []}
            columns={[
              { title: t('parameters.name'), dataIndex: 'title' },
              {
                title: t('parameters.value'),
                render: (_, r) => (
                  <>
                    <b>{format.number(r.value)}</b>{' '}
                    <Chip {...(r.setHere ? { tone: 'good' } : {})}>
                      {t(r.setHere ? 'parameters.setHere' : 'parameters.isDefault')}
                    </Chip>
                  </>
                ),
              },
              { title: t('parameters.default'), render: (_, r) => format.number(r.defaultValue) },
              { title: t('parameters.range'), render: (_, r) => `${r.least}–${r.most}` },
              {
                title: t('parts.actions'),
                render: (_, r) =>
                  can('worker.parameter') ? (
                    <Button
                      size="small"
                      aria-haspopup="dialog"
                      aria-label={t('parts.editOne', { name: r.title })}
                      onClick={() => setEditing(r)}
                    >
                      {t('action.edit')}
                    </Button>
                  ) : null,
              },
            ]}
          />
          {editing ? (
            <SetParameter
              row={editing}
              onClose={() => setEditing(null)}
              onDone={() => query[1]({ requestPolicy: 'network-only' })}
            />
          ) : null}
        </>
      )}
    </Loaded>
  );
}

function SetParameter({ row, onClose, onDone }: { row: Row; onClose: () => void; onDone: () => void }) {
  const t = useT();
  const tell = useTell();
  const [set] = useAction(SetWorkerParameterDocument);
  return (
    <FormDialog<{ value?: number | null }>
      name="parameter"
      title={t('parameters.edit', { name: row.title })}
      initial={{ value: row.setHere ? row.value : null }}
      onClose={onClose}
      onDone={(outcome) => {
        tell(outcome, t('parameters.saved'));
        onDone();
      }}
      onSubmit={({ value }) => set({ parameter: row.parameter, value: value ?? null })}
    >
      <Form.Item name="value" label={row.title} extra={t('parameters.valueHint', { least: row.least, most: row.most })}>
        <InputNumber precision={0} style={{ width: '100%' }} />
      </Form.Item>
    </FormDialog>
  );
}
