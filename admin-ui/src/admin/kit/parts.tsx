import { PlusOutlined } from '@ant-design/icons';
import { Button, Popconfirm, Space, type TableProps } from 'antd';
import { type ReactNode, useState } from 'react';
import { useT } from '../app/i18n';
import type { Outcome } from '../app/outcome';
import { useTell } from './feedback';
import { Nothing } from './state';
import { DataTable } from './table';

interface Props<R extends { id: string }> {
  title: string;
  lead?: ReactNode;
  rows: readonly R[];
  columns: NonNullable<TableProps<R>['columns']>;
  empty: string;
  nameOf: (row: R) => string;
  addText?: string;
  /** The dialog for a row, or for a new one; without it the list is only read. */
  dialog?: ((row: R | null, close: () => void) => ReactNode) | undefined;
  canAdd?: boolean;
  canEdit?: boolean;
  remove?: ((row: R) => Promise<Outcome<unknown>>) | undefined;
  refetch: () => void;
}

/** The parts of a market, one kind to a tab: a list, and what may be done with a line of it. */
export function PartList<R extends { id: string }>(props: Props<R>) {
  const t = useT();
  const tell = useTell();
  const [open, setOpen] = useState<{ row: R | null } | null>(null);
  const { dialog, remove, canAdd = true, canEdit = true } = props;
  const close = () => setOpen(null);
  const actions: NonNullable<TableProps<R>['columns']> =
    dialog && canEdit
      ? [
          {
            title: t('parts.actions'),
            key: 'actions',
            width: 150,
            render: (_, row) => (
              <Space>
                <Button
                  size="small"
                  onClick={() => setOpen({ row })}
                  aria-label={t('parts.editOne', { name: props.nameOf(row) })}
                >
                  {t('action.edit')}
                </Button>
                {remove ? (
                  <Popconfirm
                    title={t('parts.removeAsk', { name: props.nameOf(row) })}
                    okText={t('action.remove')}
                    cancelText={t('action.cancel')}
                    onConfirm={async () => {
                      tell(await remove(row), t('parts.removed'));
                      props.refetch();
                    }}
                  >
                    <Button size="small" danger aria-label={t('parts.removeOne', { name: props.nameOf(row) })}>
                      {t('action.remove')}
                    </Button>
                  </Popconfirm>
                ) : null}
              </Space>
            ),
          },
        ]
      : [];
  return (
    <section aria-label={props.title}>
      <div className="list-head">
        <h2>{props.title}</h2>
        {dialog && canAdd ? (
          <Button icon={<PlusOutlined />} onClick={() => setOpen({ row: null })}>
            {props.addText ?? t('action.add')}
          </Button>
        ) : null}
      </div>
      {props.lead}
      <DataTable<R>
        rowKey="id"
        dataSource={[...props.rows]}
        columns={[...props.columns, ...actions]}
        scroll={{ x: 860 }}
        locale={{ emptyText: <Nothing text={props.empty} /> }}
      />
      {open && dialog ? dialog(open.row, close) : null}
    </section>
  );
}
