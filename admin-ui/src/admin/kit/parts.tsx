import { PlusOutlined } from '@ant-design/icons';
import { Button, Space, type TableProps } from 'antd';
import { type ReactNode, useState } from 'react';
import { useT } from '../app/i18n';
import type { Outcome } from '../app/outcome';
import { Chip } from './chip';
import { ConfirmButton } from './confirm';
import { useTell } from './feedback';
import { ReasonDialog } from './reason';
import { Nothing } from './state';
import { DataTable } from './table';

interface Part {
  id: string;
  /** Why it counts no more; such a row stays in the list and is left alone. */
  withdrawnReason?: string | null;
}

type Act<R> = (row: R) => Promise<Outcome<unknown>>;

interface Props<R extends Part> {
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
  remove?: Act<R> | undefined;
  /** What was entered by mistake is withdrawn, says why, and stays in the record. */
  withdraw?: ((row: R, reason: string) => Promise<Outcome<unknown>>) | undefined;
  refetch: () => void;
}

/** The parts of a market, one kind to a tab: a list, and what may be done with a line of it. */
export function PartList<R extends Part>(props: Props<R>) {
  const t = useT();
  const [open, setOpen] = useState<{ row: R | null } | null>(null);
  const [withdrawing, setWithdrawing] = useState<R | null>(null);
  const { dialog, remove, withdraw, nameOf, refetch, canAdd = true, canEdit = true } = props;
  // The row as it is now: after a clash it is read again while its dialog is open.
  const newest = (row: R | null) => row && (props.rows.find(({ id }) => id === row.id) ?? row);
  const acts = dialog && (canEdit || remove || withdraw);
  const actions = {
    title: t('parts.actions'),
    key: 'actions',
    width: 150,
    render: (_: unknown, row: R) =>
      row.withdrawnReason ? (
        <Withdrawn reason={row.withdrawnReason} />
      ) : acts ? (
        <Space>
          {canEdit ? (
            <Button
              size="small"
              onClick={() => setOpen({ row })}
              aria-label={t('parts.editOne', { name: nameOf(row) })}
            >
              {t('action.edit')}
            </Button>
          ) : null}
          {remove ? <Remove row={row} name={nameOf(row)} remove={remove} refetch={refetch} /> : null}
          {withdraw ? (
            <Button
              size="small"
              danger
              onClick={() => setWithdrawing(row)}
              aria-label={t('parts.withdrawOne', { name: nameOf(row) })}
            >
              {t('parts.withdraw')}
            </Button>
          ) : null}
        </Space>
      ) : null,
  };
  const shown = acts || props.rows.some((row) => row.withdrawnReason) ? [actions] : [];
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
        aria-label={props.title}
        dataSource={[...props.rows]}
        columns={[...props.columns, ...shown]}
        scroll={{ x: 860 }}
        locale={{ emptyText: <Nothing text={props.empty} /> }}
      />
      {open && dialog ? dialog(newest(open.row), () => setOpen(null)) : null}
      {withdrawing && withdraw ? (
        <ReasonDialog
          name="withdraw"
          title={t('parts.withdrawOne', { name: nameOf(withdrawing) })}
          text={t('parts.withdrawText')}
          submitText={t('parts.withdraw')}
          onClose={() => setWithdrawing(null)}
          onDone={refetch}
          onSubmit={(reason) => withdraw(withdrawing, reason)}
        />
      ) : null}
    </section>
  );
}

function Withdrawn({ reason }: { reason: string }) {
  const t = useT();
  return (
    <>
      <Chip>{t('parts.withdrawn')}</Chip>
      <div className="soft">{reason}</div>
    </>
  );
}

interface RemoveProps<R> {
  row: R;
  name: string;
  remove: Act<R>;
  refetch: () => void;
}

function Remove<R>({ row, name, remove, refetch }: RemoveProps<R>) {
  const t = useT();
  const tell = useTell();
  return (
    <ConfirmButton
      ask={t('parts.removeAsk', { name })}
      text={t('action.remove')}
      label={t('parts.removeOne', { name })}
      onConfirm={async () => {
        tell(await remove(row), t('parts.removed'));
        refetch();
      }}
    />
  );
}
