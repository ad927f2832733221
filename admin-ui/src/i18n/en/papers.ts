import type zh from '../zh-CN/papers';

const messages: Record<keyof typeof zh, string> = {
  'slip.title': 'This is the code of a registration slip',
  'slip.counter':
    'It is for the counter. At any market of {{city}}, hand the slip over: scanned there, it leads to the registration.',
  'slip.private': 'This page shows nothing of the registration; nobody else who scans it sees anything.',
  'slip.own': 'To see your own registration, find work or see your pay, sign in with your mobile number.',
  'slip.me': 'Sign in to my page',
  'slip.markets': 'See the markets',
  'slip.lost': 'A lost slip does no harm: your phone or ID number finds you at the counter as well.',
  'verify.title': 'Check a work record',
  'verify.lead':
    'Somebody showed you a work record of {{city}}: see here whether it is genuine. Free, and without signing in.',
  'verify.file': 'Check a file',
  'verify.choose': 'Choose the record (JSON)',
  'verify.stays': 'The file is not uploaded: only its fingerprint, reckoned on this device, is compared.',
  'verify.noRecord':
    'This is no work record. Choose the JSON file that the worker downloaded, or type in below what is on paper.',
  'verify.cannot': 'This connection is not encrypted, so a file cannot be checked here. Type in what is on paper.',
  'verify.paper': 'Check a paper or a PDF',
  'verify.number': 'Number',
  'verify.digest': 'Digest',
  'verify.signature': 'Signature',
  'verify.go': 'Check',
  'verify.good': 'Genuine: issued by {{city}}, and not a word was changed.',
  'verify.goodPaper': 'Number, digest and signature are right: {{city}} issued this record.',
  'verify.compare':
    'Days and sums on a paper may still have been changed. To be sure of all of it, ask for the JSON file and check that above.',
  'verify.bad':
    'Not right: not issued by {{city}}, or changed, or mistyped. Another city’s record is checked on that city’s pages.',
  'verify.name': 'Name',
  'verify.issued': 'Issued',
  'verify.days': 'Days worked',
};

export default messages;
