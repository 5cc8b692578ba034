/** A household of a country as people type it into the CRM, and as the OMS is to hold it. All names are invented. */
export interface Household {
  readonly country: string;
  readonly organization: 'AURORA' | 'BOREAL';
  readonly key: string;
  readonly account: Readonly<Record<string, string>>;
  readonly contact: Readonly<Record<string, string>>;
  /** Of the account. */
  readonly move: Readonly<Record<string, string>>;
  readonly secondAddress: Readonly<Record<string, string>>;
  readonly expected: {
    readonly account: Readonly<Record<string, unknown>>;
    readonly person: Readonly<Record<string, unknown>>;
    readonly move: Readonly<Record<string, unknown>>;
    readonly second: Readonly<Record<string, unknown>>;
  };
}

const billing = (Address: Readonly<Record<string, string>>) => ({
  CustomerAddress: [{ AddressId: 'billing', AddressTypeId: 'Billing', Address }],
});

const shipping = (Address: Readonly<Record<string, string>>) => ({
  CustomerAddress: [{ AddressId: 'shipping', AddressTypeId: 'Shipping', Address }],
});

const american: Household = {
  country: 'US',
  organization: 'AURORA',
  key: 'HH-US-1',
  account: {
    Name: 'Farrowmere household',
    Phone: '(202) 555-0107',
    BillingStreet: '480 Old Tannery Rd\nApt 3B',
    BillingCity: 'Pinehollow',
    BillingState: 'Oregon',
    BillingPostalCode: '970451234',
    BillingCountry: 'United States',
  },
  contact: { FirstName: 'Odessa', LastName: "O'Farrowmere", Email: 'odessa@shop.example' },
  move: { BillingCity: 'Bellwick', Phone: '202-555-0118' },
  secondAddress: {
    ShippingStreet: '7 Larkspur Court',
    ShippingCity: 'Stonebridge',
    ShippingState: 'ny',
    ShippingPostalCode: '12866',
    ShippingCountry: 'USA',
  },
  expected: {
    account: {
      LastName: 'Farrowmere household',
      Phone: '+12025550107',
      ...billing({
        Address1: '480 Old Tannery Rd',
        Address2: 'Apt 3B',
        City: 'Pinehollow',
        State: 'OR',
        PostalCode: '97045-1234',
        Country: 'US',
      }),
    },
    person: { FirstName: 'Odessa', LastName: "O'Farrowmere", Email: 'odessa@shop.example' },
    move: { Phone: '+12025550118', ...billing({ City: 'Bellwick' }) },
    second: shipping({
      Address1: '7 Larkspur Court',
      City: 'Stonebridge',
      State: 'NY',
      PostalCode: '12866',
      Country: 'US',
    }),
  },
};

const german: Household = {
  country: 'DE',
  organization: 'BOREAL',
  key: 'HH-DE-1',
  account: {
    Name: 'Haushalt Grünspecht',
    Phone: '0155 50100118',
    BillingStreet: 'Am Alten Speicher 19\nHinterhaus',
    BillingCity: 'Neustrand',
    BillingState: 'Mecklenburg-Vorpommern',
    BillingPostalCode: '18119',
    BillingCountry: 'Deutschland',
  },
  // Decomposed: u and a combining diaeresis.
  contact: { FirstName: 'Annelie', LastName: 'Gru\u0308nspecht', Email: 'annelie@shop.example' },
  move: { BillingCity: 'Kühlsund', BillingPostalCode: '25938' },
  secondAddress: {
    ShippingStreet: 'Fichtenstraße 88',
    ShippingCity: 'Oberwaldau',
    ShippingPostalCode: '01477',
    ShippingCountry: 'DE',
  },
  expected: {
    account: {
      LastName: 'Haushalt Grünspecht',
      Phone: '+4915550100118',
      ...billing({
        Address1: 'Am Alten Speicher 19',
        Address2: 'Hinterhaus',
        City: 'Neustrand',
        PostalCode: '18119',
        Country: 'DE',
      }),
    },
    person: { FirstName: 'Annelie', LastName: 'Gr\u00fcnspecht', Email: 'annelie@shop.example' },
    move: billing({ City: 'Kühlsund', PostalCode: '25938' }),
    second: shipping({ Address1: 'Fichtenstraße 88', City: 'Oberwaldau', PostalCode: '01477', Country: 'DE' }),
  },
};

const japanese: Household = {
  country: 'JP',
  organization: 'AURORA',
  key: 'HH-JP-1',
  account: {
    Name: '架空田家',
    Phone: '０３−５５５０−０１００',
    BillingStreet: '夢見町1-2-3\n月影マンション405号',
    BillingCity: '架空市',
    BillingState: 'Tokyo',
    BillingPostalCode: '１０００００１',
    BillingCountry: '日本',
  },
  contact: { FirstName: '月子', LastName: '架空田', Email: 'tsukiko@shop.example' },
  move: { BillingState: '大阪' },
  secondAddress: {
    ShippingStreet: '星見台4-5',
    ShippingCity: '夜空市',
    ShippingState: '京都府',
    ShippingPostalCode: '600-0001',
    ShippingCountry: 'JP',
  },
  expected: {
    account: {
      LastName: '架空田家',
      Phone: '+81355500100',
      ...billing({
        Address1: '夢見町1-2-3',
        Address2: '月影マンション405号',
        City: '架空市',
        State: '東京都',
        PostalCode: '100-0001',
        Country: 'JP',
      }),
    },
    person: { FirstName: '月子', LastName: '架空田', Email: 'tsukiko@shop.example' },
    move: billing({ State: '大阪府' }),
    second: shipping({
      Address1: '星見台4-5',
      City: '夜空市',
      State: '京都府',
      PostalCode: '600-0001',
      Country: 'JP',
    }),
  },
};

const brazilian: Household = {
  country: 'BR',
  organization: 'AURORA',
  key: 'HH-BR-1',
  account: {
    Name: 'Família Vilanova',
    Phone: '(11) 95550-0107',
    BillingStreet: 'Rua das Araucárias, 210\nApto 32\nJardim Imaginário',
    BillingCity: 'São Inventado',
    BillingState: 'Sao Paulo',
    BillingPostalCode: '01310100',
    BillingCountry: 'Brasil',
  },
  contact: { FirstName: 'João', LastName: 'Vilanova de Conceição', Email: 'joao@shop.example' },
  move: { BillingStreet: 'Rua das Araucárias, 210' },
  secondAddress: {
    ShippingStreet: 'Avenida do Luar, s/n',
    ShippingCity: 'Porto Fictício',
    ShippingState: 'RS',
    ShippingPostalCode: '90010-000',
    ShippingCountry: 'BR',
  },
  expected: {
    account: {
      LastName: 'Família Vilanova',
      Phone: '+5511955500107',
      ...billing({
        Address1: 'Rua das Araucárias, 210',
        Address2: 'Apto 32',
        Address3: 'Jardim Imaginário',
        City: 'São Inventado',
        State: 'SP',
        PostalCode: '01310-100',
        Country: 'BR',
      }),
    },
    person: { FirstName: 'João', LastName: 'Vilanova de Conceição', Email: 'joao@shop.example' },
    // A shorter address leaves nothing of the longer one.
    move: billing({ Address2: '', Address3: '' }),
    second: shipping({
      Address1: 'Avenida do Luar, s/n',
      City: 'Porto Fictício',
      State: 'RS',
      PostalCode: '90010-000',
      Country: 'BR',
    }),
  },
};

const thai: Household = {
  country: 'TH',
  organization: 'AURORA',
  key: 'HH-TH-1',
  account: {
    Name: 'ครอบครัวเมฆาลัย',
    Phone: '02 555 0107',
    BillingStreet: '99/9 ถนนดาวเรือง\nแขวงสมมติ',
    BillingCity: 'เขตจันทรา',
    BillingState: 'Bangkok',
    BillingPostalCode: '10110',
    BillingCountry: 'ประเทศไทย',
  },
  contact: { FirstName: 'ฟ้าใส', LastName: 'เมฆาลัย', Email: 'fahsai@shop.example' },
  move: { Phone: '081 555 0107' },
  secondAddress: {
    ShippingStreet: '12 หมู่ 3 ตำบลธารทิพย์',
    ShippingCity: 'อำเภอดอยดาว',
    ShippingState: 'เชียงใหม่',
    ShippingPostalCode: '50000',
    ShippingCountry: 'Thailand',
  },
  expected: {
    account: {
      LastName: 'ครอบครัวเมฆาลัย',
      Phone: '+6625550107',
      ...billing({
        Address1: '99/9 ถนนดาวเรือง',
        Address2: 'แขวงสมมติ',
        City: 'เขตจันทรา',
        State: 'กรุงเทพมหานคร',
        PostalCode: '10110',
        Country: 'TH',
      }),
    },
    person: { FirstName: 'ฟ้าใส', LastName: 'เมฆาลัย', Email: 'fahsai@shop.example' },
    move: { Phone: '+66815550107' },
    second: shipping({
      Address1: '12 หมู่ 3 ตำบลธารทิพย์',
      City: 'อำเภอดอยดาว',
      State: 'เชียงใหม่',
      PostalCode: '50000',
      Country: 'TH',
    }),
  },
};

export const households: readonly Household[] = [american, german, japanese, brazilian, thai];
