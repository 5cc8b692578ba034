/** §4.2, lengths of §4.1. */
export const customers = {
  Account: {
    prefix: '001',
    fields: `
      Name string(255) CU
      AccountNumber string(40) CUN
      Type picklist[Prospect|Customer - Direct|Customer - Channel|Other] CUN
      Phone phone(40) CUN
      Website url CUN
      Description textarea(32000) CUN
      ParentId reference->Account/ChildAccounts CUN
      OwnerId reference->User CUN
      RecordTypeId string(18) CUN
      IsPersonAccount boolean -
      FirstName string(40) CUN #personAccounts
      LastName string(80) CUN #personAccounts
      PersonEmail email(80) CUN #personAccounts
      PersonMobilePhone phone(40) CUN #personAccounts
      PersonContactId string(18) - #personAccounts
      CurrencyIsoCode picklist(3)@CurrencyType.IsoCode CUNR #multiCurrency
      @address Billing CUN
      @address Shipping CUN`,
  },
  Contact: {
    prefix: '003',
    fields: `
      FirstName string(40) CUN
      LastName string(80) CU
      Name string(121) -
      Email email(80) CUNL
      Phone phone(40) CUN
      MobilePhone phone(40) CUN
      AccountId reference->Account/Contacts CUN
      OwnerId reference->User CUN
      CurrencyIsoCode picklist(3)@CurrencyType.IsoCode CUNR #multiCurrency
      @address Mailing CUN`,
  },
};
