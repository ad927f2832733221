import { Form, Input } from 'antd';
import { useT } from '../../app/i18n';
import { useAction } from '../../app/outcome';
import { useSession } from '../../app/session';
import { type BadCreditInput, SaveBadCreditDocument } from '../../gql/graphql';
import { Chip } from '../../kit/chip';
import { FormDialog } from '../../kit/form';
import { today, useFormat } from '../../kit/format';
import { PartList } from '../../kit/parts';
import { useRequired } from '../../kit/rules';
import { LIMITS } from '../limits';
import { amendable } from '../steps';
import { type DialogProps, partOf, type TabProps } from './props';

type Row = TabProps['market']['badCredits'][number];

/** The operator's seriously bad credit (严重失信): while an entry is in force its commercial market is not listed. */
export function CreditsList({ market, refetch }: TabProps) {
  const t = useT();
  const format = useFormat();
  const { can } = useSession();
  return (
    <PartList<Row>
      title={t('credits.title')}
      rows={market.badCredits}
      empty={t('credits.none')}
      nameOf={(row) => row.source}
      addText={t('credits.add')}
      refetch={refetch}
      dialog={
        amendable(market.status) && can('market.credit')
          ? (row, close) => <CreditDialog row={row} close={close} marketId={market.id} refetch={refetch} />
          : undefined
      }
      columns={[
        {
          title: t('credits.source'),
          render: (_, r) => (
            <>
              {r.source} {r.inForce ? <Chip tone="bad">{t('credits.inForce')}</Chip> : null}
            </>
          ),
        },
        { title: t('credits.since'), render: (_, r) => format.date(r.since) },
        { title: t('credits.liftedOn'), render: (_, r) => format.date(r.liftedOn) },
      ]}
    />
  );
}

function CreditDialog({ row, close, marketId, refetch }: DialogProps<Row>) {
  const t = useT();
  const [save] = useAction(SaveBadCreditDocument);
  const required = useRequired();
  return (
    <FormDialog<BadCreditInput>
      name="credit"
      title={row ? t('credits.edit') : t('credits.add')}
      initial={row ?? { since: today() }}
      onClose={close}
      onDone={refetch}
      onClash={refetch}
      onSubmit={({ since, source, liftedOn }) =>
        save({
          ...partOf(marketId, row),
          input: { since, source, liftedOn: liftedOn || null },
        })
      }
    >
      <Form.Item
        name="source"
        label={t('credits.source')}
        extra={t('credits.sourceHint')}
        rules={required(t('credits.source'))}
      >
        <Input.TextArea rows={2} maxLength={LIMITS.text} />
      </Form.Item>
      <div className="filter-grid">
        <Form.Item name="since" label={t('credits.since')} rules={required(t('credits.since'))}>
          <Input type="date" max={today()} />
        </Form.Item>
        <Form.Item name="liftedOn" label={t('credits.liftedOn')}>
          <Input type="date" max={today()} />
        </Form.Item>
      </div>
    </FormDialog>
  );
}
