import { Form, Input, InputNumber } from 'antd';
import { useT } from '../../app/i18n';
import { useAction } from '../../app/outcome';
import { useSession } from '../../app/session';
import { type ContractInput, RemoveContractDocument, SaveContractDocument } from '../../gql/graphql';
import { Chip } from '../../kit/chip';
import { FormDialog } from '../../kit/form';
import { useFormat } from '../../kit/format';
import { PartList } from '../../kit/parts';
import { RowList } from '../../kit/row-list';
import { useRequired } from '../../kit/rules';
import { LIMITS } from '../limits';
import { amendable } from '../steps';
import { CreditsList } from './credits';
import { type DialogProps, partOf, type TabProps } from './props';

type Row = TabProps['market']['contracts'][number];

/** Contracts with the operator (运营合同): scope, term, and the indicators it is held to. */
export function ContractsTab(props: TabProps) {
  return (
    <>
      <ContractList {...props} />
      <CreditsList {...props} />
    </>
  );
}

function ContractList({ market, refetch }: TabProps) {
  const t = useT();
  const format = useFormat();
  const { can } = useSession();
  const [remove] = useAction(RemoveContractDocument);
  return (
    <PartList<Row>
      title={t('contracts.title')}
      rows={market.contracts}
      empty={t('contracts.none')}
      nameOf={(row) => row.operator}
      addText={t('contracts.add')}
      refetch={refetch}
      remove={({ id, version }) => remove({ id, version })}
      dialog={
        amendable(market.status) && can('market.contract')
          ? (row, close) => <ContractDialog row={row} close={close} marketId={market.id} refetch={refetch} />
          : undefined
      }
      columns={[
        {
          title: t('contracts.operator'),
          render: (_, r) => (
            <>
              {r.operator} {r.current ? <Chip tone="good">{t('contracts.current')}</Chip> : null}
              <div className="soft">{r.scope}</div>
            </>
          ),
        },
        {
          title: t('contracts.term'),
          className: 'nowrap',
          width: 220,
          render: (_, r) => `${format.date(r.startsOn)} — ${format.date(r.endsOn)}`,
        },
        {
          title: t('contracts.indicators'),
          render: (_, r) =>
            r.indicators.length ? (
              <ul className="bare">
                {r.indicators.map((i) => (
                  <li key={i.name}>
                    {t('contracts.indicator', {
                      name: i.name,
                      target: i.target,
                      unit: i.unit,
                      actual: i.actual ?? '—',
                    })}
                  </li>
                ))}
              </ul>
            ) : (
              '—'
            ),
        },
      ]}
    />
  );
}

function ContractDialog({ row, close, marketId, refetch }: DialogProps<Row>) {
  const t = useT();
  const [save] = useAction(SaveContractDocument);
  const required = useRequired();
  return (
    <FormDialog<ContractInput>
      name="contract"
      width={720}
      title={row ? t('contracts.edit') : t('contracts.add')}
      initial={
        row
          ? {
              ...row,
              indicators: row.indicators.map(({ name, target, unit, actual }) => ({ name, target, unit, actual })),
            }
          : { indicators: [] }
      }
      onClose={close}
      onDone={refetch}
      onClash={refetch}
      onSubmit={({ operator, scope, startsOn, endsOn, indicators }) =>
        save({
          ...partOf(marketId, row),
          input: {
            operator,
            scope,
            startsOn,
            endsOn,
            indicators: (indicators ?? []).map((i) => ({ ...i, actual: i.actual ?? null })),
          },
        })
      }
    >
      <Form.Item name="operator" label={t('contracts.operator')} rules={required(t('contracts.operator'))}>
        <Input maxLength={LIMITS.name} />
      </Form.Item>
      <Form.Item name="scope" label={t('contracts.scope')} rules={required(t('contracts.scope'))}>
        <Input.TextArea rows={2} maxLength={LIMITS.text} />
      </Form.Item>
      <div className="filter-grid">
        <Form.Item name="startsOn" label={t('contracts.startsOn')} rules={required(t('contracts.startsOn'))}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="endsOn" label={t('contracts.endsOn')} rules={required(t('contracts.endsOn'))}>
          <Input type="date" />
        </Form.Item>
      </div>
      <h3>{t('contracts.indicators')}</h3>
      <RowList
        name="indicators"
        title={(n) => t('contracts.indicatorRow', { n })}
        removeText={(n) => t('contracts.removeIndicator', { n })}
        addText={t('contracts.addIndicator')}
        fresh={() => ({ name: '', unit: '' })}
      >
        {(index) => (
          <div className="hours-grid">
            <Form.Item
              name={[index, 'name']}
              label={t('contracts.indicatorName')}
              rules={required(t('contracts.indicatorName'))}
            >
              <Input maxLength={LIMITS.name} />
            </Form.Item>
            <Form.Item name={[index, 'target']} label={t('contracts.target')} rules={required(t('contracts.target'))}>
              <InputNumber min={0} precision={0} style={{ width: '100%' }} />
            </Form.Item>
            <Form.Item name={[index, 'unit']} label={t('contracts.unit')} rules={required(t('contracts.unit'))}>
              <Input maxLength={LIMITS.unit} />
            </Form.Item>
            <Form.Item name={[index, 'actual']} label={t('contracts.actual')}>
              <InputNumber min={0} precision={0} style={{ width: '100%' }} />
            </Form.Item>
          </div>
        )}
      </RowList>
    </FormDialog>
  );
}
