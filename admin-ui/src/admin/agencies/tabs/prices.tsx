import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../../app/i18n';
import { useAction } from '../../app/outcome';
import { useSession } from '../../app/session';
import {
  AgencyPriceListsDocument,
  type AgencyPriceListsQuery,
  type PriceListInput,
  SavePriceListDocument,
} from '../../gql/graphql';
import { Chip } from '../../kit/chip';
import { FormDialog } from '../../kit/form';
import { today, useFormat } from '../../kit/format';
import { YuanInput, yuan } from '../../kit/money';
import { Paged } from '../../kit/paged';
import { PAGE_SIZE, usePages } from '../../kit/pager';
import { RowList } from '../../kit/row-list';
import { useRequired } from '../../kit/rules';
import { Nothing } from '../../kit/state';
import { DataTable } from '../../kit/table';
import type { AgencyTabProps } from '../detail';

type List = NonNullable<AgencyPriceListsQuery['agencyPriceLists']>['edges'][number]['node'];
type Item = List['items'][number];

/** Price lists (收费标准): never changed, only followed by another; nothing is charged to workers. */
export function PricesTab({ agency, refetch }: AgencyTabProps) {
  const t = useT();
  const { can } = useSession();
  const pages = usePages(agency.id);
  const query = useQuery({
    query: AgencyPriceListsDocument,
    variables: { id: agency.id, first: PAGE_SIZE, after: pages.after },
  });
  const [publishing, setPublishing] = useState(false);
  const again = () => {
    query[1]({ requestPolicy: 'network-only' });
    refetch();
  };
  return (
    <section aria-labelledby="prices-title">
      <div className="list-head">
        <h2 id="prices-title">{t('agencies.tab.prices')}</h2>
        {can('agency.keep') ? <Button onClick={() => setPublishing(true)}>{t('prices.publish')}</Button> : null}
      </div>
      <p className="soft">{t('prices.lead')}</p>
      <Paged query={query} pages={pages} of={(data) => data.agencyPriceLists}>
        {(rows) =>
          rows.length === 0 ? (
            <Nothing text={t('prices.none')} />
          ) : (
            rows.map((list) => <OneList key={list.id} list={list} inForce={list.id === agency.priceList?.id} />)
          )
        }
      </Paged>
      {publishing ? (
        <PublishDialog
          agencyId={agency.id}
          last={agency.priceList?.items ?? []}
          onClose={() => setPublishing(false)}
          refetch={again}
        />
      ) : null}
    </section>
  );
}

function OneList({ list, inForce }: { list: List; inForce: boolean }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const title = t('prices.number', { n: list.number, date: format.date(list.effectiveFrom) });
  return (
    <section className="card" aria-label={title}>
      <h3>
        {title} {inForce ? <Chip tone="good">{t('prices.inForce')}</Chip> : null}
      </h3>
      <DataTable<Item>
        rowKey="id"
        size="small"
        aria-label={title}
        dataSource={list.items}
        columns={[
          { title: t('prices.item'), render: (_, i) => i.item },
          {
            title: t('prices.price'),
            render: (_, i) => t('postings.wage', { yuan: yuan(i.fen), unit: i.unit }),
          },
          { title: t('prices.payer'), render: (_, i) => term('feePayer', i.payer) },
        ]}
      />
      <p className="soft">{t('prices.publishedAt', { at: format.dateTime(list.publishedAt) })}</p>
    </section>
  );
}

interface DialogProps {
  agencyId: string;
  last: readonly Item[];
  onClose: () => void;
  refetch: () => void;
}

interface Values {
  effectiveFrom: string;
  items?: { item?: string; unit?: string; fen?: number | null }[];
}

function PublishDialog({ agencyId, last, onClose, refetch }: DialogProps) {
  const t = useT();
  const required = useRequired();
  const [publish] = useAction(SavePriceListDocument);
  const items = last.map(({ item, unit, fen }) => ({ item, unit, fen }));
  return (
    <FormDialog<Values>
      name="prices"
      title={t('prices.publish')}
      submitText={t('prices.publish')}
      width={680}
      initial={{ effectiveFrom: today(), items: items.length ? items : [{}] }}
      onClose={onClose}
      onDone={refetch}
      onSubmit={(values) => publish({ agencyId, input: toInput(values) })}
    >
      <Form.Item name="effectiveFrom" label={t('prices.effectiveFrom')} rules={required(t('prices.effectiveFrom'))}>
        <Input type="date" />
      </Form.Item>
      <p className="soft">{t('prices.payerHint')}</p>
      <div id="prices_items">
        <RowList
          name="items"
          title={(n) => t('prices.row', { n })}
          removeText={(n) => t('prices.remove', { n })}
          addText={t('prices.add')}
          fresh={() => ({})}
        >
          {(index) => (
            <div className="hours-grid">
              <Form.Item name={[index, 'item']} label={t('prices.item')} rules={required(t('prices.item'))}>
                <Input maxLength={100} />
              </Form.Item>
              <Form.Item name={[index, 'fen']} label={t('prices.yuan')} rules={required(t('prices.yuan'))}>
                <YuanInput />
              </Form.Item>
              <Form.Item name={[index, 'unit']} label={t('prices.unit')} rules={required(t('prices.unit'))}>
                <Input maxLength={20} placeholder={t('prices.unitHint')} />
              </Form.Item>
            </div>
          )}
        </RowList>
      </div>
    </FormDialog>
  );
}

/** A list names who pays; a worker never does, so it is not asked. */
const toInput = ({ effectiveFrom, items }: Values): PriceListInput => ({
  effectiveFrom,
  items: (items ?? []).map(({ item, unit, fen }) => ({
    item: item?.trim() ?? '',
    unit: unit?.trim() ?? '',
    fen: fen ?? 0,
    payer: 'HIRING_PARTY',
  })),
});
