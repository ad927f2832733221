import { Select } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import {
  AgencyChoicesDocument,
  MarketChoicesDocument,
  MarketNameDocument,
  PartyChoicesDocument,
  PartyNameDocument,
} from '../gql/graphql';

interface Props {
  id?: string;
  value?: string | null | undefined;
  onChange?: (value: string | undefined) => void;
  allowClear?: boolean;
  disabled?: boolean;
}

interface Choice {
  value: string;
  label: string;
}

interface SearchProps extends Props {
  choices: Choice[];
  /** The chosen one by name, where it is not among the choices. */
  named: Choice | null;
  loading: boolean;
  placeholder: string;
  onSearch: (words: string) => void;
}

/** One thing out of many, found by a part of its name. */
function SearchSelect({ choices, named, onSearch, value, onChange, ...rest }: SearchProps) {
  const known = choices.some((choice) => choice.value === value);
  return (
    <Select<string>
      {...rest}
      value={value ?? null}
      onChange={(next) => onChange?.(next ?? undefined)}
      showSearch={{ filterOption: false, onSearch }}
      options={named && !known ? [named, ...choices] : choices}
      popupMatchSelectWidth={false}
      style={{ width: '100%' }}
    />
  );
}

/** A hiring party by a part of its name or its whole code. */
export function PartyPicker(props: Props) {
  const t = useT();
  const term = useTerm();
  const [search, setSearch] = useState('');
  const [{ data, fetching }] = useQuery({ query: PartyChoicesDocument, variables: { search: search.trim() || null } });
  const [{ data: named }] = useQuery({
    query: PartyNameDocument,
    variables: { id: props.value ?? '' },
    pause: !props.value,
  });
  const words = (party: { displayName: string; countyName: string | null; status: string }) =>
    [party.displayName, party.countyName, party.status === 'VERIFIED' ? '' : term('partyStatus', party.status)]
      .filter(Boolean)
      .join(' · ');
  return (
    <SearchSelect
      {...props}
      loading={fetching}
      placeholder={t('picker.party')}
      onSearch={setSearch}
      choices={(data?.hiringParties?.edges ?? []).map(({ node }) => ({ value: node.id, label: words(node) }))}
      named={named?.hiringParty ? { value: named.hiringParty.id, label: words(named.hiringParty) } : null}
    />
  );
}

/** A market within reach by a part of its name. */
export function MarketPicker(props: Props) {
  const t = useT();
  const [search, setSearch] = useState('');
  const [{ data, fetching }] = useQuery({
    query: MarketChoicesDocument,
    variables: { search: search.trim() || null },
  });
  const [{ data: named }] = useQuery({
    query: MarketNameDocument,
    variables: { id: props.value ?? '' },
    pause: !props.value,
  });
  return (
    <SearchSelect
      {...props}
      loading={fetching}
      placeholder={t('picker.market')}
      onSearch={setSearch}
      choices={(data?.markets?.edges ?? []).map(({ node }) => ({ value: node.id, label: node.displayName }))}
      named={named?.market ? { value: named.market.id, label: named.market.displayName } : null}
    />
  );
}

/** An agency by a part of its name or of its licence's number. */
export function AgencyPicker(props: Props) {
  const t = useT();
  const [search, setSearch] = useState('');
  const [{ data, fetching }] = useQuery({
    query: AgencyChoicesDocument,
    variables: { search: search.trim() || null },
  });
  return (
    <SearchSelect
      {...props}
      loading={fetching}
      placeholder={t('picker.agency')}
      onSearch={setSearch}
      choices={(data?.agencies?.edges ?? []).map(({ node }) => ({
        value: node.id,
        label: `${node.name} · ${node.licenceNo}`,
      }))}
      named={null}
    />
  );
}
