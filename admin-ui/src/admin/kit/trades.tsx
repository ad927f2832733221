import { Select } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { TradeChoicesDocument } from '../gql/graphql';
import { useFormat } from './format';
import { TabOut } from './tab-out';

interface Choice {
  value: string;
  label: string;
  words: string;
}

function useChoices() {
  const t = useT();
  const format = useFormat();
  // The classification of odd-job trades is short enough to be searched here, street names included.
  const [{ data }] = useQuery({
    query: TradeChoicesDocument,
    variables: { search: null, first: 100 },
    requestPolicy: 'cache-first',
  });
  return (data?.trades ?? []).map<Choice>((trade) => ({
    value: trade.code,
    label: [
      trade.name,
      trade.aliases.length ? t('trade.aliases', { names: format.list(trade.aliases) }) : '',
      trade.needsCertificate ? t('trade.certificate') : '',
    ].join(''),
    words: [trade.code, trade.name, ...trade.aliases].join(' '),
  }));
}

const matches = (typed: string, option?: Choice) => option?.words.includes(typed.trim()) ?? false;

interface Many {
  id?: string;
  value?: string[];
  onChange?: (value: string[]) => void;
}

/** Several trades by code; a street name finds its occupation, and one that no list knows may be typed as it is. */
export function TradesPicker({ id, value, onChange }: Many) {
  const t = useT();
  const choices = useChoices();
  return (
    <TabOut>
      <Select<string[], Choice>
        {...(id ? { id } : {})}
        mode="tags"
        value={value ?? []}
        {...(onChange ? { onChange } : {})}
        options={choices}
        showSearch={{ filterOption: matches }}
        tokenSeparators={['、', '，', ',', ' ']}
        placeholder={t('trade.placeholder')}
        style={{ width: '100%' }}
      />
    </TabOut>
  );
}

interface One {
  id?: string;
  value?: string | undefined;
  onChange?: (value: string | undefined) => void;
  placeholder?: string;
}

/** One trade: to filter by, or to hire for. */
export function TradePicker({ id, value, onChange, placeholder }: One) {
  const t = useT();
  const choices = useChoices();
  const [typed, setTyped] = useState('');
  const own = typed && !choices.some((c) => matches(typed, c)) ? [{ value: typed, label: typed, words: typed }] : [];
  return (
    <Select<string, Choice>
      {...(id ? { id } : {})}
      {...(value === undefined ? {} : { value })}
      onChange={(v) => onChange?.(v)}
      options={[...choices, ...own]}
      showSearch={{ filterOption: matches, onSearch: setTyped }}
      allowClear
      placeholder={placeholder ?? t('trade.any')}
      style={{ width: '100%' }}
    />
  );
}
