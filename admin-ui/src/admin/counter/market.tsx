import { Select } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { useSession } from '../app/session';
import { CounterMarketsDocument } from '../gql/graphql';
import { Labelled } from '../kit/labelled';

const keyOf = (slug: string) => `yizhan.counter.${slug}`;

/** The market whose counter this is: the only one there is, or the one that was chosen here the last time. */
export function useCounterMarket() {
  const { slug, can } = useSession();
  const [{ data, error }, refetch] = useQuery({ query: CounterMarketsDocument, pause: !can('market.read') });
  const [chosen, setChosen] = useState(() => localStorage.getItem(keyOf(slug)));
  const markets = (data?.markets?.edges ?? []).map(({ node }) => node);
  const market = markets.find(({ id }) => id === chosen) ?? markets[0] ?? null;
  const choose = (id: string) => {
    localStorage.setItem(keyOf(slug), id);
    setChosen(id);
  };
  // Whoever may not see markets has none to wait for.
  const state = can('market.read') ? { data, error } : { data: {} };
  return { query: [state, refetch] as const, markets, market, choose };
}

export type CounterMarket = ReturnType<typeof useCounterMarket>;
export type MarketHere = NonNullable<CounterMarket['market']>;

/** The county of a place: the first six digits of its division. */
export const countyOf = (market: MarketHere | null) => market?.address.division.code.slice(0, 6);

/** Which counter this is; nothing to choose where there is one. */
export function MarketChoice({ markets, market, choose }: Pick<CounterMarket, 'markets' | 'market' | 'choose'>) {
  const t = useT();
  if (markets.length < 2) return market ? <span className="chip">{market.displayName}</span> : null;
  return (
    <div className="inline-choice">
      <Labelled text={t('counter.market')}>
        {(id) => (
          <Select<string>
            id={id}
            {...(market ? { value: market.id } : {})}
            onChange={choose}
            options={markets.map((m) => ({ value: m.id, label: m.displayName }))}
            showSearch={{ optionFilterProp: 'label' }}
            popupMatchSelectWidth={false}
            style={{ minWidth: '14em', maxWidth: '100%' }}
          />
        )}
      </Labelled>
    </div>
  );
}

interface AnyProps {
  markets: CounterMarket['markets'];
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}

/** A market to look at, or all within reach; nothing to choose where there is one. */
export function AnyMarket({ markets, value, onChange }: AnyProps) {
  const t = useT();
  if (markets.length < 2) return null;
  return (
    <Labelled text={t('counter.market')}>
      {(id) => (
        <Select<string>
          id={id}
          {...(value ? { value } : {})}
          onChange={onChange}
          allowClear
          placeholder={t('choice.any')}
          options={markets.map((m) => ({ value: m.id, label: m.displayName }))}
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={false}
          style={{ width: '100%' }}
        />
      )}
    </Labelled>
  );
}
