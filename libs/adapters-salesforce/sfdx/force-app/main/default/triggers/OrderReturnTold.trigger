trigger OrderReturnTold on OMS_Return__c (after insert, after update) {
    Set<Id> orders = new Set<Id>();
    for (OMS_Return__c one : Trigger.new) {
        orders.add(one.Order__c);
    }
    OrderUpdates.tell(orders, 'return');
}
